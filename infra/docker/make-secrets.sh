#!/bin/sh
# Make the secrets that docker-compose.yml hands to containers as files, each only once.
set -eu
cd "$(dirname "$0")/../.."
# The folder is closed; the files are readable because containers read them as users of their own.
mkdir -p .secrets && chmod 700 .secrets && cd .secrets

new() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { # keep <file> <content>: never replaces what is there
    [ -s "$1" ] || printf '%s' "$2" >"$1"
    chmod 644 "$1"
}

keep postgres_password "$(new)"
keep gateway_secret "$(new)"
keep pseudonym_key "$(new)"
for service in gateway booking events engagement; do
    keep "${service}_password" "$(new)"
    keep "${service}_database_url" \
        "postgresql://$service:$(cat "${service}_password")@postgres:5432/$service"
done
keep smtp_password "" # put your mail server's password here
keep rabbitmq_password "$(new)"
keep rabbitmq.conf "default_user = atrium
default_pass = $(cat rabbitmq_password)
"
keep broker_url "amqp://atrium:$(cat rabbitmq_password)@rabbitmq:5672//"
echo "Secrets are in $(pwd)."
