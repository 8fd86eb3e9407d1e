#!/usr/bin/env bash
# Sends and receives over the Redis binder while connections, consumers and Redis fail, and prints a line for each setting and
# consumer: posted, accepted, delivered, lost, doubled, gaps told, and messages lost in silence.
#   tools/binder-faults.sh [--minutes 10] [--seed 1] [--only everysec]
# Further words are for Maven, such as -o. Fails if a promise of the binder's README was broken.
set -eu

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
minutes=10
seed=1
only=
while :; do
  case "${1-}" in
  --minutes) minutes="$2" ;;
  --seed) seed="$2" ;;
  --only) only="$2" ;;
  *) break ;;
  esac
  shift 2
done

table="$root/spring-cloud-stream-binder-redis/target/faults.txt"
rm -f "$table"
code=0
(cd "$root" && ./mvnw -q -pl spring-cloud-stream-binder-redis test -Dtest=FaultSuite -Djacoco.skip=true \
  -Dtest.timeout="12 h" -Dtest.module.timeout=0 -Dfaults.minutes="$minutes" -Dfaults.seed="$seed" -Dfaults.only="$only" "$@") || code=$?
cat "$table"
exit "$code"
