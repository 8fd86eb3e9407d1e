#!/usr/bin/env bash
# Fuzzes everything that takes bytes from anybody, for longer than a build has time for, and says what came of it.
#   tools/fuzz.sh [inputs]   so many inputs for each of the nine targets; 1200000 unless told otherwise
# Further words are for Maven, such as -o or -Dfuzz.seed=1. A failure prints how to see it again.
set -eu

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
inputs=1200000
case "${1-}" in
'' | -*) ;;
*[!0-9]*)
  echo "The number of inputs must be a number, not \"$1\"." >&2
  exit 2
  ;;
*)
  inputs="$1"
  shift
  ;;
esac

modules=(socketio-server front-door realtime-service)
reports=("${modules[@]/#/$root/}")
reports=("${reports[@]/%//target/fuzz}")
rm -rf "${reports[@]}"
code=0
# Leaks are watched for all the same, only where the lost buffer was last touched is not noted: that takes most of the time.
(cd "$root" && ./mvnw -q -pl "$(IFS=, && echo "${modules[*]}")" -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest.timeout="12 h" -Dtest.module.timeout=0 -Dfuzz.inputs="$inputs" -Dio.netty.leakDetection.targetRecords=0 "$@") || code=$?
for each in "${reports[@]}"; do cat "$each"/*.txt 2>/dev/null || true; done
exit "$code"
