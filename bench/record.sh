#!/usr/bin/env bash
# Measures everything for the record on a quiet machine of two cores or more: about 25 minutes.   bench/record.sh [FOLDER]
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
kit plain --sut 'bench/serve {port}' --calls "${PLAIN:-1,10,60,120,150,180,200}"
kit speculate --sut 'bench/serve --speculate {port}' --calls "${SPECULATE:-1,10,50}"
