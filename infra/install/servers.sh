#!/bin/sh
# Install and start the servers of `make run-scaled` and of the tests, from Debian's packages.
# Usage: servers.sh [postgresql] [rabbitmq] [nginx] [redis] [chromium]      (none named: all five)
# What is there is left alone, what runs is never restarted. Needs root only where something is
# missing.
set -eu

say() { echo "servers: $1"; }
fail() {
    echo "servers: $1" >&2
    exit 2
}

wanted=${*:-postgresql rabbitmq nginx redis chromium}
updated=no

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo -n "$@" || fail "\`$*\` needs root."
    else
        fail "\`$*\` needs root, and there is no sudo."
    fi
}

install() { # install <package>...: from Debian, without starting anything by itself
    command -v apt-get >/dev/null 2>&1 ||
        fail "$* is missing and there is no apt-get here: install it by hand."
    if [ "$updated" = no ]; then
        as_root apt-get update -qq
        updated=yes
    fi
    say "installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

wait_for() { # wait_for <seconds> <what> <command>...
    seconds=$1
    what=$2
    shift 2
    while ! "$@" >/dev/null 2>&1; do
        seconds=$((seconds - 1))
        [ "$seconds" -gt 0 ] || fail "$what did not start."
        sleep 1
    done
    say "$what answers"
}

answers() { bash -c "exec 3<>/dev/tcp/127.0.0.1/$1" 2>/dev/null; }

ensure_postgresql() {
    if answers 5432; then
        say "PostgreSQL runs"
        return
    fi
    fresh=no
    if [ -z "$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ]; then
        install postgresql
        fresh=yes
    fi
    version=$(ls /usr/lib/postgresql | sort -n | tail -n 1)
    pg_lsclusters -h | grep -q . || as_root pg_createcluster "$version" main
    # shellcheck disable=SC2046  # version and name are two arguments
    as_root pg_ctlcluster $(pg_lsclusters -h | awk 'NR == 1 { print $1, $2 }') start
    wait_for 30 PostgreSQL answers 5432
    if [ "$fresh" = yes ]; then
        let_us_in
    fi
}

# A server we installed knows no password yet: give its superuser one, and note it where every
# PostgreSQL client of this user looks, so that postgresql://postgres@127.0.0.1/ works.
let_us_in() {
    password=$(od -An -N18 -tx1 /dev/urandom | tr -d ' \n')
    echo "ALTER ROLE postgres PASSWORD '$password'" | as_root su postgres -c 'cd / && psql -q'
    (umask 077 && echo "127.0.0.1:5432:*:postgres:$password" >>"$HOME/.pgpass")
}

ensure_rabbitmq() {
    if answers 5672; then
        say "RabbitMQ runs"
        return
    fi
    command -v rabbitmq-server >/dev/null 2>&1 || [ -x /usr/sbin/rabbitmq-server ] ||
        install rabbitmq-server
    as_root sh -c 'setsid rabbitmq-server -detached >/dev/null 2>&1 </dev/null'
    wait_for 60 RabbitMQ answers 5672
}

ensure_nginx() { # not started: `make run-scaled` and the tests run an instance of their own
    command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || install nginx-light
    say "nginx is here"
}

ensure_redis() { # not started: the tests run an instance of their own
    command -v redis-server >/dev/null 2>&1 || install redis-server
    say "redis is here"
}

ensure_chromium() { # libatomic1: the tests' playwright brings a program that needs it
    [ -n "$(ls /usr/lib/*/libatomic.so.1 2>/dev/null)" ] || install libatomic1
    command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
        install chromium-headless-shell fonts-noto-cjk
    say "chromium is here"
}

# Named ensure_..., for `command -v nginx` would find a function called nginx and install nothing.
for server in $wanted; do
    case $server in
    postgresql | rabbitmq | nginx | redis | chromium) "ensure_$server" ;;
    *) fail "there is no server called $server here." ;;
    esac
done
