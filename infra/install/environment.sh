#!/bin/sh
# Make .venv and install the pinned requirements, unless that is done already.
# Usage: environment.sh run|dev    (dev holds everything run holds)
set -eu
kind=$1
cd "$(dirname "$0")/../.."
wanted=infra/requirements/$kind.txt
stamp=.venv/installed-$kind.txt

fail() {
    echo "Atrium cannot start: $1" >&2
    exit 2
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and was not found; name one with PYTHON=/path/to/python3."
}

is_installed() {
    [ -x .venv/bin/python ] && { cmp -s "$wanted" "$stamp" ||
        { [ "$kind" = run ] && cmp -s infra/requirements/dev.txt .venv/installed-dev.txt; }; }
}

if is_installed; then
    exit 0
fi
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    python=$(find_python)
    rm -rf .venv 2>/dev/null || fail "the old .venv cannot be removed."
    "$python" -m venv .venv >/dev/null 2>&1 ||
        fail "\`$python -m venv .venv\` failed here (is the folder writable, the disk full, python3-venv installed?)."
fi
echo "Installing what Atrium is made of into .venv (about a minute, once)."
# The file names everything with its hash, so nothing is to be worked out.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --require-hashes -r "$wanted" ||
    fail "the pinned packages of $wanted could not be installed (see above)."
cp "$wanted" "$stamp"
