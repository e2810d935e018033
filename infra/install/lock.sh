#!/bin/sh
# Pin every infra/requirements/*.in with hashes, all files agreeing on versions.
set -eu
cd "$(dirname "$0")/../requirements"
command -v uv >/dev/null 2>&1 || {
    echo "Locking needs uv (https://docs.astral.sh/uv/): install it, then try again." >&2
    exit 2
}
for wanted in dev run booking events engagement gateway; do
    [ -f "$wanted.in" ] || continue
    uv pip compile -q --generate-hashes --no-emit-index-url --no-header \
        --python-version 3.11 "$wanted.in" -o "$wanted.txt"
done
