#!/usr/bin/env bash
# Makes the environment: tools/setup.sh FOLDER LOCKFILE. By uv where there is one, else by pip. Needs no root.
set -euo pipefail
venv=$1 lock=$2

usable() { "$1" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

find_python() {
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
    command -v "$candidate" >/dev/null 2>&1 && usable "$candidate" && { command -v "$candidate"; return; }
  done
}

python=$(find_python || true)
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
  echo "Setting up $venv with uv ..." >&2
  uv venv --quiet --allow-existing --python "${python:->=3.11,<3.14}" "$venv"
  uv pip sync --quiet --compile-bytecode --python "$venv/bin/python" --require-hashes "$lock"
  uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
elif [ -n "$python" ]; then
  echo "Setting up $venv with pip (a few minutes) ..." >&2
  "$python" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
else
  echo "offhook needs Python 3.11, 3.12 or 3.13 with venv, or uv. On Debian: apt-get install python3 python3-venv" >&2
  exit 1
fi
env -u PYTHONDONTWRITEBYTECODE "$venv/bin/python" -m compileall -q src || true # commands start in half the time
