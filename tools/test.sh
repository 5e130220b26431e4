#!/usr/bin/env bash
# Everything that must hold: first lint, then the tests, whose summary is the last line. tools/test.sh BIN
set -uo pipefail
bin=$1
tools/lint.sh "$bin"
linted=$?
"$bin/python" -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder
tests=$?
[ $linted -eq 0 ] || echo "Lint failed: see above the tests, or run \`make lint\`." >&2
[ $tests -eq 0 ] && [ $linted -eq 0 ]
