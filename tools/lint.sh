#!/usr/bin/env bash
# What a machine can see without running anything: format, lint, types, the import contract. tools/lint.sh BIN
set -uo pipefail
bin=$1 failed=0
"$bin/ruff" format --check --quiet . || failed=1
"$bin/ruff" check --quiet . || failed=1
"$bin/mypy" || failed=1
"$bin/lint-imports" --no-cache 2>&1 | tail -4 || failed=1
exit $failed
