#!/usr/bin/env bash
# What a machine can see without running anything: format, lint, types, the import contract. tools/lint.sh BIN
set -euo pipefail
bin=$1
"$bin/ruff" format --check --quiet .
"$bin/ruff" check --quiet .
"$bin/mypy"
"$bin/lint-imports" --no-cache 2>&1 | tail -4
