#!/usr/bin/env bash
# Runs one scenario of ours under the JDK's flight recorder and prints where the time and the allocations went:
#   benchmarks/profile.sh <scenario> [--quick]
# The recording stays in benchmarks/target/profile.jfr. The warm-up is in it, too.
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

recording="$root/benchmarks/target/profile.jfr"
settings="$root/benchmarks/target/profile.jfc"
rm -f "$recording"
# Ten milliseconds between samples, and every method by its name instead of a stub of the compiler's.
"$JAVA_HOME/bin/jfr" configure --input profile.jfc --output "$settings" method-profiling=max >/dev/null || exit 1
run_benchmarks --only "$scenario" --peers none --rounds 1 --no-report "$@" \
  --jvm-flags "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints -XX:StartFlightRecording:filename=$recording,settings=$settings,dumponexit=true" ||
  exit 1

jfr="$JAVA_HOME/bin/jfr"
for view in hot-methods allocation-by-class allocation-by-site gc-pauses thread-cpu-load; do
  echo
  "$jfr" view --width 150 --truncate beginning "$view" "$recording" 2>/dev/null
done
# The flight recorder counts a thread in the kernel, in a write or in epoll, apart from one that runs Java.
echo
echo "Samples in Java and in native code, by the method on top:"
for event in jdk.ExecutionSample jdk.NativeMethodSample; do
  echo "$event"
  "$jfr" print --events "$event" --stack-depth 1 "$recording" |
    sed -n '/stackTrace = \[/{n;s/^ *//;s/ line:.*//;p;}' | sort | uniq -c | sort -rn | head -n 15
done
