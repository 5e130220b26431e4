#!/usr/bin/env bash
# Everything that must hold: lint beside the tests. tools/test.sh BIN
set -uo pipefail
bin=$1
tools/lint.sh "$bin" >.lint.log 2>&1 &
lint=$!
"$bin/python" -m pytest -q -n 2 --dist loadfile
tests=$?
wait $lint
linted=$?
cat .lint.log
rm -f .lint.log
[ $linted -eq 0 ] || echo "lint failed (above)" >&2
[ $tests -eq 0 ] && [ $linted -eq 0 ]
