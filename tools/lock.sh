#!/usr/bin/env bash
# Locks the dependencies for Python 3.11 to 3.13, with hashes and without addresses. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-emit-index-url \
  --no-emit-find-links --no-annotate --extra espeak --group dev pyproject.toml -o requirements/dev.lock
