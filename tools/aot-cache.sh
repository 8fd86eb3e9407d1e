#!/usr/bin/env bash
# Makes the AOT cache of the service or the console (JEP 514, 515): keeps what a JVM learns during one run, so that later starts
# are faster. Needs only bash and the Java that will use the cache; another Java or another jar ignores it.
#   aot-cache.sh <folder with the extracted jar> <file with the JVM's flags>...
# The cache is next to the jar, with the same name and the suffix .aot. Takes about a minute; for REHEARSAL_SECONDS (30) of it the
# service gets typical traffic. Everything it starts listens on loopback and is stopped at the end.
set -u

# An absolute path: with a cache made under a relative one, the next start fails in Spring Cloud Stream, which asks classes for
# their origin.
folder="$(cd "$1" && pwd)" || exit 1
shift
flags=()
for file in "$@"; do flags+=("@$file"); done
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
work="$(mktemp -d)"
pid=''

# A service that is still starting reacts to SIGTERM only when it has started; so it is killed, and its Redis with it.
# shellcheck disable=SC2317  # called by the trap
cleanup() {
  local redis
  trap '' HUP INT TERM
  redis="$(cat "$work/data/redis/redis.pid" 2>/dev/null)"
  if [ -n "$pid" ]; then
    if [ -n "$redis" ]; then kill -KILL "$pid" "$redis"; else kill -TERM "$pid"; fi
    wait "$pid"
    # It may have been starting Redis just then, which had not written down its process yet. Not pgrep: a minimal image lacks it.
    # shellcheck disable=SC2009
    for redis in $(ps -axo pid=,command= | grep -F "$work/data/redis/" | grep -v grep | awk '{ print $1 }'); do
      kill -KILL "$redis"
    done
  fi 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
  echo "No AOT cache was made: $1" >&2
  tail -n 5 "$work/log" >&2
  exit 1
}

jar=''
for file in "$folder"/*.jar; do jar="$file"; done
[ -f "$jar" ] || fail "there is no jar in $folder"
cache="${jar%.jar}.aot"

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
port=$((20000 + RANDOM % 9000))
while is_open "$port"; do port=$((port + 1)); done

# Without the caller's environment: their Redis and their secrets must not be used here.
settings=(PATH="$PATH" REALTIME_DATA_DIR="$work/data")
[ -z "${JAVA_HOME:-}" ] || settings+=(JAVA_HOME="$JAVA_HOME")
case "$jar" in
# The console also starts without its service and without Redis; nothing listens on port 9.
*/admin-ui.jar) settings+=(CONSOLE_PORT="$port" CONSOLE_BIND_ADDRESS=127.0.0.1 REALTIME_URL=http://127.0.0.1:9
  REDIS_HOST=127.0.0.1 REDIS_PORT=9 ADMIN_API_SECRET=used-only-while-the-cache-is-made) ;;
*) settings+=(PORT="$port" REALTIME_BIND_ADDRESS=127.0.0.1) ;;
esac
env -i "${settings[@]}" "$java" ${flags[@]+"${flags[@]}"} -XX:AOTMode=record -XX:AOTConfiguration="$work/recorded" -jar "$jar" >"$work/log" 2>&1 &
pid=$!
for ((left = 600; left > 0; left--)); do
  "$here/ready.sh" 127.0.0.1 "$port" && break
  kill -0 "$pid" 2>/dev/null || fail "it did not start"
  sleep 0.2
done
[ "$left" -gt 0 ] || fail "it was not ready in time"

# request <method and path>
request() {
  local answer=''
  {
    exec 3<>"/dev/tcp/127.0.0.1/$port" &&
      printf '%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3 &&
      read -r -t 5 answer <&3
    exec 3>&-
  } 2>/dev/null
  case "$answer" in *' 200'*) ;; *) fail "$1 was answered \"$answer\"" ;; esac
}

# Typical requests, so that the cache also holds their classes and profiles.
if [ -f "$work/data/webhook-token" ]; then
  request 'GET /api/v1/stats/connections'
  request 'GET /health'
  # An image has no compiler; there the rehearsal is compiled already.
  rehearsal=("$here/Rehearsal.java")
  [ ! -d "$here/rehearsal" ] || rehearsal=(-cp "$here/rehearsal" Rehearsal)
  "$java" -Xmx128m -XX:+UseSerialGC "${rehearsal[@]}" "$port" "$work/data" "${REHEARSAL_SECONDS:-30}" >>"$work/log" 2>&1 ||
    fail "the rehearsal failed"
else
  request 'GET /login'
fi

kill -TERM "$pid"
wait "$pid"
pid=''
rm -rf "$work/data"
[ -s "$work/recorded" ] || fail "the JVM recorded nothing"
# In a process of its own, not the one that the JVM would start at its exit, since this one can be stopped. The cache is renamed into
# place when it is complete.
"$java" ${flags[@]+"${flags[@]}"} -XX:AOTMode=create -XX:AOTConfiguration="$work/recorded" -XX:AOTCache="$work/made" \
  -jar "$jar" >"$work/log" 2>&1 &
pid=$!
wait "$pid"
pid=''
[ -s "$work/made" ] || fail "the JVM did not write one"
mv "$work/made" "$cache.$$" && mv "$cache.$$" "$cache"
