#!/usr/bin/env bash
# Runs one scenario of ours under the JDK's flight recorder and prints where the time and the allocations went:
#   benchmarks/profile.sh <scenario> [--quick]
# The recording, of the measured window alone, stays in benchmarks/target/profile/.
set -u

if [ $# -lt 1 ] || [ "${1#-}" != "$1" ]; then
  sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
scenario="$1"
shift

# shellcheck source=benchmarks/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
build_stale
lay_out_service

jfr="$JAVA_HOME/bin/jfr"
folder="$root/benchmarks/target/profile"
recording="$folder/$scenario.jfr"
settings="$folder/settings.jfc"
mkdir -p "$folder"
rm -f "$recording"
# Samples by the time on a processor: what a thread spends in the kernel, in a write or an accept, counts as well.
"$jfr" configure --input profile.jfc --output "$settings" method-profiling=off \
  'jdk.CPUTimeSample#enabled=true' 'jdk.CPUTimeSample#throttle=5ms' >/dev/null || exit 1
run_benchmarks --only "$scenario" --peers none --rounds 1 --no-report "$@" \
  --jvm-flags "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints" --record "$folder" "$settings" || exit 1
[ -f "$recording" ] || {
  echo "There is no recording." >&2
  exit 1
}

for view in cpu-time-hot-methods allocation-by-class allocation-by-site gc-pauses thread-cpu-load; do
  echo
  "$jfr" view --width 150 --truncate beginning "$view" "$recording" 2>/dev/null
done
echo
echo "Our own methods by the samples below them, first one of each stack:"
"$jfr" print --events jdk.CPUTimeSample --stack-depth 64 "$recording" | node "$root/benchmarks/own-methods.mjs"
