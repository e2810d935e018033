#!/bin/sh
# What a container of a service can be: web, worker, migrate; `health` asks whether it is well.
set -eu
package=$(echo "$ATRIUM_FOLDER" | tr / .)
role_file=${TMPDIR:-/tmp}/atrium-role

case ${1:-web} in
web)
    echo web >"$role_file"
    # Any of the web processes answers for all of them; in memory, begun anew with the container.
    PROMETHEUS_MULTIPROC_DIR=${TMPDIR:-/tmp}/atrium-metrics
    export PROMETHEUS_MULTIPROC_DIR
    rm -rf "$PROMETHEUS_MULTIPROC_DIR"
    mkdir -p "$PROMETHEUS_MULTIPROC_DIR"
    exec gunicorn --worker-class gthread --workers "${ATRIUM_WEB_WORKERS:-2}" \
        --threads "${ATRIUM_WEB_THREADS:-8}" --bind 0.0.0.0:8000 --worker-tmp-dir /dev/shm \
        --timeout 60 --graceful-timeout 8 --keep-alive 75 --no-control-socket \
        "$package.wsgi:build()"
    ;;
worker)
    echo worker >"$role_file"
    exec python -m "$package.cli" worker
    ;;
migrate)
    exec python -m "$package.cli" migrate
    ;;
health)
    if [ "$(cat "$role_file")" = web ]; then
        exec python -c "
import sys, urllib.request
path = '/api/' + sys.argv[1] + '/v1/health/live'
urllib.request.urlopen('http://127.0.0.1:8000' + path, timeout=4)" "$ATRIUM_SERVICE"
    fi
    # A worker has no door; it is well when it runs and its database answers.
    exec python -m "$package.cli" outbox status
    ;;
*)
    exec "$@"
    ;;
esac
