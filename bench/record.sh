#!/usr/bin/env bash
# Measures everything for the record on a quiet machine of two cores or more: about half an hour.  bench/record.sh [FOLDER]
# PARTS="heart" PLAIN=1,10 SPECULATE=1 bench/record.sh measures some of it.
# One core is offhook's, the other the fakes' and the callers'. Raw rows go to FOLDER (default bench/results).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-bench/results}
bin=.venv/bin
logs=$(mktemp -d)
kit() { # NAME, arguments of the kit's run.py
  local name=$1; shift
  rm -f "$out/$name.jsonl"
  "$bin/python" bench/kit/run.py --name "$name" --keep-going --logs "$logs" --out "$out/$name.jsonl" "$@" 2>&1 | tee "$out/$name.txt"
}
mkdir -p "$out"
{ date -u +%Y-%m-%dT%H:%MZ; git rev-parse --short HEAD; "$bin/python" -V; uname -m; nproc; } > "$out/machine.txt"
for name in ${PARTS-greeting heart journal loop rooms churn}; do
  "$bin/python" -m "bench.$name" 2>&1 | tee "$out/$name.txt"
  [ "$name" != loop ] || "$bin/python" -m bench.loop --parts built-in --calls 3 2>&1 | tee -a "$out/$name.txt"
done
kit plain --sut 'bench/serve {port}' --calls "${PLAIN-1,10,60,120,180,200,260,320}"
kit speculate --sut 'bench/serve --speculate {port}' --calls "${SPECULATE-1,10,50}"
