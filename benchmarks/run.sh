#!/usr/bin/env bash
# Measures the service and its peers in one session, in turn, and writes a report; see --help.
set -u

usage() {
  cat <<'HELP'
Usage: benchmarks/run.sh [--quick] [--only scenario,...] [--peers node,node-redis,nchan] [--baseline jar] [--rounds N]
                         [--no-report]

Builds what is stale, installs the peers, starts each side on the first core and the generator and Redis on the second,
measures them in turn, prints a table with ratios and targets, and writes benchmarks/results/.

  --quick     divides all durations by 12, one round: whether everything works, and rough numbers
  --only      some of the scenarios, which are the files in benchmarks/scenarios
  --peers     some of the peers, or "none"
  --baseline  an older jar of the service, measured in turn with the tree's own: the ratio of both with its 95 % interval,
              and whether the new one is no worse than 1.05; at least six rounds
  --rounds    how many rounds; their median counts (3; with a baseline 6)
  --no-report writes nothing

Linux with two cores or more, Node 20 or newer, and for nchan Debian's packages, which are unpacked, not installed.
HELP
}

words=("$@")
peers=node,node-redis,nchan
baseline=''
for ((i = 0; i < ${#words[@]}; i++)); do
  case "${words[$i]}" in
  -h | --help)
    usage
    exit 0
    ;;
  --peers) peers="${words[$((i + 1))]-}" ;;
  --baseline)
    baseline="$(realpath -e -- "${words[$((i + 1))]-}")" || exit 2
    words[i + 1]="$baseline"
    ;;
  esac
done

# shellcheck source=benchmarks/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

if ! command -v taskset >/dev/null || [ "$(nproc)" -lt 2 ]; then
  echo "The server and the generator need a core each: Linux, taskset, and two cores." >&2
  exit 1
fi
# Each of 15,000 sockets is an open file of the server and one of the generator.
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

case "$peers" in
*node*)
  peer="$root/benchmarks/peers/node"
  if [ ! -d "$peer/node_modules" ] || [ "$peer/package-lock.json" -nt "$peer/node_modules" ]; then
    echo "Installing the Node server..."
    (cd "$peer" && npm ci --no-audit --no-fund --loglevel=error) && touch "$peer/node_modules" ||
      echo "The Node server could not be installed; it is left out." >&2
  fi
  ;;
esac
case "$peers" in
*nchan*)
  "$root/benchmarks/peers/nchan/unpack.sh" "$root/benchmarks/target/nchan" ||
    echo "nchan could not be had; it is left out." >&2
  ;;
esac

build_stale
if [ -z "$baseline" ]; then
  lay_out_service
elif ! lay_out_with_baseline "$baseline"; then
  words+=(--no-cache)
fi
run_benchmarks ${words[@]+"${words[@]}"}
