#!/usr/bin/env bash
# What the machine itself takes for the sends of a scenario, by a C program that does nothing but send and read:
#   benchmarks/floor.sh [<sockets> <sends at a time> <milliseconds between> <seconds>]
# Without words: as in latency-10, latency-1000 and two-instances, half a minute each. Needs a C compiler.
set -u
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
floor="$root/benchmarks/target/floor"
mkdir -p "$root/benchmarks/target"
cc -O2 -Wall -pthread -o "$floor" "$root/benchmarks/floor/floor.c" || exit 1
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
if [ $# -gt 0 ]; then
  exec "$floor" "$@"
fi
"$floor" 10 10 50 30 && "$floor" 1000 1000 50 30 && "$floor" 9000 1000 20 30
