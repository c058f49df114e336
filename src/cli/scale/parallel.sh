#!/bin/sh
# Runs WORK in PARTS parts by GNU parallel, as many at a time as there are cores, and merges them. A part that is there is
# not run again. More machines: PARALLEL="--sshloginfile FILE --workdir . --transferfile …" as parallel's manual says.
set -eu
WORK=${WORK:?what to run, such as: fuzz --runs 1000000}
PARTS=${PARTS:-16}
OUT=${OUT:-out}
mkdir -p "$OUT"
# A part appears under its name only once it is whole. Exit code 1 is a finding, not a fault of the machine.
export WORK PARTS OUT
parallel ${PARALLEL_JOBS:+-j "$PARALLEL_JOBS"} 'test -s "$OUT/{}.json" || {
  npm run --silent headless -- $WORK --shard {}/$PARTS --jobs 1 --json > "$OUT/{}.part" || test $? -eq 1 -o $? -eq 3
  mv "$OUT/{}.part" "$OUT/{}.json"
}' ::: $(seq 1 "$PARTS")
exec npm run --silent headless -- merge "$OUT"/*.json
