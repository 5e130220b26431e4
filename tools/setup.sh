#!/usr/bin/env bash
# Makes the environment: tools/setup.sh FOLDER LOCKFILE. By uv where there is one, else by pip. Needs no root.
set -euo pipefail
venv=$1 lock=$2

usable() { "$1" -c "import sys, $2; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >/dev/null 2>&1; }

find_python() { # find_python MODULE: the first fitting Python that has it; one that PYTHON names is the only one
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
    command -v "$candidate" >/dev/null 2>&1 && usable "$candidate" "$1" && command -v "$candidate" && return
  done
}

with_uv() {
  local python
  python=$(find_python sys) || true
  echo "Setting up $venv with uv ..." >&2
  uv venv --quiet --allow-existing --python "${python:-${PYTHON:->=3.11,<3.14}}" "$venv" &&
    uv pip sync --quiet --no-build --compile-bytecode --python "$venv/bin/python" --require-hashes "$lock" &&
    uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
}

with_pip() { # Debian's python3 has venv, but lacks ensurepip without python3-venv
  local python
  python=$(find_python ensurepip) && [ -n "$python" ] || return
  echo "Setting up $venv with pip (some minutes) ..." >&2
  "$python" -m venv --clear "$venv" &&
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r "$lock" &&
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
}

if ! { command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1 && with_uv; } && ! with_pip; then
  echo "$venv could not be set up. It needs the network and uv, or Python 3.11 to 3.13 with venv${PYTHON:+ (only PYTHON=$PYTHON was tried)}." \
    "On Debian: apt-get install python3 python3-venv" >&2
  exit 1
fi
env -u PYTHONDONTWRITEBYTECODE "$venv/bin/python" -m compileall -q src || true # commands start in half the time
