#!/usr/bin/env bash
# Makes the AOT cache of the service or the console (JEP 514, 515): what a JVM finds out in one start is kept, and every later
# start has it from there. Needs nothing but bash and the Java that will use the cache: another one, or another jar, takes no
# notice of it.
#   aot-cache.sh <folder with the extracted jar> <file with the JVM's flags>...
# The cache lies beside the jar and is called as it is, but .aot. About a minute, for REHEARSAL_SECONDS (30) of which a service
# is used as on a working day; what it starts is on loopback, and gone at the end.
set -u

# As a whole path: a cache of another one makes the next start fail in Spring Cloud Stream, which asks classes where they are
# from.
folder="$(cd "$1" && pwd)" || exit 1
shift
flags=()
for file in "$@"; do flags+=("@$file"); done
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
work="$(mktemp -d)"
pid=''

# A service that is still starting would first start to the end; so it is killed, and the Redis of its own with it.
# shellcheck disable=SC2317  # called by the trap
cleanup() {
  local redis
  trap '' HUP INT TERM
  redis="$(cat "$work/data/redis/redis.pid" 2>/dev/null)"
  if [ -n "$pid" ]; then
    if [ -n "$redis" ]; then kill -KILL "$pid" "$redis"; else kill -TERM "$pid"; fi
    wait "$pid"
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

# Nothing of the caller's settings: neither his Redis nor his secrets are for this.
settings=(PATH="$PATH" REALTIME_DATA_DIR="$work/data")
[ -z "${JAVA_HOME:-}" ] || settings+=(JAVA_HOME="$JAVA_HOME")
case "$jar" in
# The console starts without its service and without Redis, too; nobody is at port 9.
*/admin-ui.jar) settings+=(CONSOLE_PORT="$port" CONSOLE_BIND_ADDRESS=127.0.0.1 REALTIME_URL=http://127.0.0.1:9
  REDIS_HOST=127.0.0.1 REDIS_PORT=9 ADMIN_API_SECRET=of-no-use-but-while-the-cache-is-made) ;;
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
  case "$answer" in *' 200'*) ;; *) fail "$1 was answered by \"$answer\"" ;; esac
}

# What it does all day, so that the classes for that are in the cache as well, and what the compilers should know of them.
if [ -f "$work/data/webhook-token" ]; then
  request 'GET /api/v1/stats/connections'
  request 'GET /health'
  # An image has no compiler, but what it is to run compiled.
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
# A process of its own, and not the one that the JVM would start at its end: this one can be ended. Nobody sees half a cache.
"$java" ${flags[@]+"${flags[@]}"} -XX:AOTMode=create -XX:AOTConfiguration="$work/recorded" -XX:AOTCache="$work/made" \
  -jar "$jar" >"$work/log" 2>&1 &
pid=$!
wait "$pid"
pid=''
[ -s "$work/made" ] || fail "the JVM wrote none"
mv "$work/made" "$cache.$$" && mv "$cache.$$" "$cache"
