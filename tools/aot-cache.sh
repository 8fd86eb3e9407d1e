#!/usr/bin/env bash
# Makes the AOT cache of the service (JEP 514, 515): what a JVM finds out in one start is kept, and every later start has it
# from there. Needs nothing but bash and the Java that will use the cache: another one, or another jar, takes no notice of it.
#   aot-cache.sh <folder with the extracted service> <file with the JVM's flags>
# The cache is <folder>/realtime-service.aot. About 20 s; what it starts is on loopback, and gone at the end.
set -u

folder="$1"
options="$2"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
cache="$folder/realtime-service.aot"
work="$(mktemp -d)"
pid=''

# shellcheck disable=SC2317  # called by the trap
cleanup() {
  if [ -n "$pid" ]; then
    kill "$pid" && wait "$pid"
  fi 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

fail() {
  echo "No AOT cache was made: $1" >&2
  tail -n 5 "$work/log" >&2
  rm -f "$cache"
  exit 1
}

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
port=$((20000 + RANDOM % 9000))
while is_open "$port"; do port=$((port + 1)); done

rm -f "$cache"
# Nothing of the caller's settings: neither his Redis nor his secrets are for this.
env -i PATH="$PATH" ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} PORT="$port" REALTIME_BIND_ADDRESS=127.0.0.1 \
  REALTIME_DATA_DIR="$work/data" "$java" "@$options" -XX:AOTCacheOutput="$cache" -jar "$folder/realtime-service.jar" \
  >"$work/log" 2>&1 &
pid=$!
for ((left = 600; left > 0; left--)); do
  "$here/ready.sh" 127.0.0.1 "$port" && break
  kill -0 "$pid" 2>/dev/null || fail "the service did not start"
  sleep 0.2
done
[ "$left" -gt 0 ] || fail "the service was not ready in time"

# request <method and path> [<more of the head, with \r\n>] [<body>]
request() {
  local answer=''
  {
    exec 3<>"/dev/tcp/127.0.0.1/$port" &&
      printf '%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%b\r\n%s' "$1" "${2-}" "${3-}" >&3 &&
      read -r -t 5 answer <&3
    exec 3>&-
  } 2>/dev/null
  case "$answer" in *' 200'*) ;; *) fail "$1 was answered by \"$answer\"" ;; esac
}

# What a service does all day, so that its classes are in the cache as well.
call='{"call":{"id":1,"phoneClient":"+79990000000","operatorId":1,"status":"new"}}'
head="X-Webhook-Token: $(cat "$work/data/webhook-token")\r\nContent-Type: application/json\r\nContent-Length: ${#call}\r\n"
for ((i = 0; i < 50; i++)); do
  request 'POST /api/v1/broadcast/call-new' "$head" "$call"
done
request 'GET /api/v1/stats/connections'
request 'GET /health'
request 'GET /socket.io/?EIO=4&transport=polling'

kill "$pid"
wait "$pid"
pid=''
[ -s "$cache" ] || fail "the JVM wrote none"
