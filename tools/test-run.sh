#!/usr/bin/env bash
# Tests ./run as a person uses it: what it refuses, what it prints to a terminal and to a file, that the curl line
# works when pasted, that a killed instance leaves the others working, and that nothing of it is left afterwards.
set -u

# A shell that was started with SIGINT ignored, by nohup or in the background of a script, cannot undo that by itself.
if [ -z "${HEARS_INT:-}" ] && env --default-signal=INT true 2>/dev/null; then
  HEARS_INT=yes exec env --default-signal=INT "$0" "$@"
fi

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$(mktemp -d)"
failures=0
run_pid=''

# The caller's environment must not affect the tests.
unset PORT JWT_SECRET WEBHOOK_TOKEN ADMIN_API_SECRET CORS_ORIGIN REDIS_HOST REDIS_PORT REDIS_USERNAME REDIS_PASSWORD JAVA_OPTS DEMO_OPTIONS \
  REALTIME_BIND_ADDRESS SPRING_PROFILES_ACTIVE REALTIME_URL CONSOLE_BIND_ADDRESS CONSOLE_ADMIN_PASSWORD_HASH CONSOLE_USERS_0_NAME
export REALTIME_DATA_DIR="$work/data folder"
export RUN_READY_SECONDS=240
export REHEARSAL_SECONDS=3
# AOT caches are made in this folder, so that the processes that make them can be recognized by their command line.
mkdir "$work/caches-of" && export TMPDIR="$work/caches-of"
limit=300

# Prints what is left of ./run: Redis by its PID file; instances, console and demo by the process ids in their logs; open ports;
# processes that make an AOT cache; ./run itself.
ours() {
  local pid
  for pid in $(cat "$REALTIME_DATA_DIR/redis/redis.pid" 2>/dev/null) \
    $(sed -n 's/.* with PID \([0-9]*\) .*/\1/p' "$REALTIME_DATA_DIR"/logs/*.log 2>/dev/null); do
    ps -o pid=,command= -p "$pid"
  done
  local p
  for p in "$port" $((port + 1)) $((port + 10)) $((port + 20)); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; then echo "port $p is open"; fi
  done
  # shellcheck disable=SC2009  # macOS has another pgrep
  ps -axo command= | grep -F "$work/caches-of" | grep -v grep
  if [ -n "$run_pid" ] && kill -0 "$run_pid" 2>/dev/null; then echo "./run is still running, process $run_pid"; fi
}

cleanup() {
  limit=60
  if [ -n "$run_pid" ]; then
    kill -TERM "$run_pid" 2>/dev/null
    wait_for "./run to end" nothing_left 2>/dev/null
  fi
  local redis
  redis="$(cat "$REALTIME_DATA_DIR/redis/redis.pid" 2>/dev/null)"
  [ -z "$redis" ] || kill "$redis" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

check() {
  local what="$1"
  shift
  if "$@"; then
    echo "  ok: $what"
  else
    echo "  NOT OK: $what" >&2
    failures=$((failures + 1))
    if [ -f "$work/out" ]; then tail -n 40 "$work/out" | sed 's/^/    | /' >&2; fi
  fi
}

# shellcheck disable=SC2317  # called by check
says() { grep -qF -- "$1" "$work/out"; }
# shellcheck disable=SC2317  # called by check
never_says() { ! grep -qF -- "$1" "$work/out"; }
# shellcheck disable=SC2317  # called by check
nothing_left() { [ -z "$(ours)" ] || { ours >&2; return 1; }; }
# shellcheck disable=SC2317  # called by check
is() { [ "$1" = "$2" ] || { echo "    \"$1\" is not \"$2\"" >&2; return 1; }; }
# shellcheck disable=SC2317  # called by check
is_not() { [ "$1" != "$2" ]; }

wait_for() {
  local what="$1" deadline=$((SECONDS + limit))
  shift
  until "$@"; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "    timed out waiting for $what" >&2
      return 1
    fi
    sleep 0.3
  done
}

ended() { ! kill -0 "$1" 2>/dev/null; }
told_the_end() { grep -qF "Ctrl-C stops everything." "$work/out" || ended "$run_pid"; }
open_port() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port such that the ports needed are free now; below the range of ephemeral ports.
port=$((20000 + RANDOM % 9000))
while open_port "$port" || open_port $((port + 1)) || open_port $((port + 10)) || open_port $((port + 20)); do
  port=$((20000 + RANDOM % 9000))
done
export PORT="$port" CONSOLE_PORT="$((port + 1))"

# One instance, its output redirected to a file.
run_in_file() {
  "$root/run" "$@" >"$work/out" 2>&1 &
  run_pid=$!
}

# In a terminal of its own, whose keys are typed into the file descriptor 4.
run_in_terminal() {
  rm -f "$work/keys"
  mkfifo "$work/keys"
  # With job control: without it, a shell starts background jobs with SIGINT ignored.
  set -m
  if script --version >/dev/null 2>&1; then
    script -qefc "'$root/run' $*" /dev/null <"$work/keys" >"$work/out" 2>&1 &
  else
    script -q /dev/null "$root/run" "$@" <"$work/keys" >"$work/out" 2>&1 &
  fi
  run_pid=$!
  set +m
  exec 4>"$work/keys"
}

status_of() {
  wait_for "./run to end" ended "$run_pid" || kill -KILL "$run_pid"
  wait "$run_pid"
  status=$?
  run_pid=''
}

ready() { curl -s -o /dev/null -w '%{http_code}' --max-time 10 "http://127.0.0.1:$1/actuator/health/readiness"; }

# --- what is refused ---------------------------------------------------------------------------------------------------

echo "Refused at once:"
refused() {
  "$root/run" "${@:3}" >"$work/out" 2>&1
  check "exit code $1 for: ${*:3}" is "$?" "$1"
  check "\"$2\"" says "$2"
  check "one line" is "$(wc -l <"$work/out" | tr -d ' ')" 1
}
refused 2 'Unknown argument "--speed"' --speed
refused 2 '--instances must be a number from 1 to 9, not "0"' --instances 0
refused 2 '--instances needs a number' --instances
PORT=http refused 2 'PORT must be a number from 1 to 65535, not "http"'
PORT=65536 refused 2 'PORT must be a number from 1 to 65535'
CONSOLE_PORT=console refused 2 'CONSOLE_PORT must be a number from 1 to 65535, not "console"'
CONSOLE_PORT="$port" refused 2 "CONSOLE_PORT must be another than the service's"
PORT=65530 refused 2 'PORT must be a number from 1 to 65525' --instances 2
"$root/run" --help >"$work/out" 2>&1
check "--help" is "$?" 0

sh -c '. "$1/tools/find-jdk.sh"; jdk_is_new_enough() { return 1; }; find_jdk' sh "$root" >"$work/out" 2>&1
check "a missing JDK fails" is_not "$?" 0
check "in one sentence" says "A JDK 25 or newer is needed"

# Existing caches would hide whether new ones are made.
rm -f "$root"/realtime-service/target/app/*/*.aot "$root"/admin-ui/target/app/*/*.aot

# --- a terminal, two instances, the demo ---------------------------------------------------------------------------------

echo "In a terminal, two instances and the demo:"
run_in_terminal --instances 2 --demo
wait_for "./run to be ready" told_the_end
check "ready" says "Ready: http://127.0.0.1:$port"
check "both" says "Ready: http://127.0.0.1:$((port + 10))"
check "an operator's token" says "Token of operator 17:  eyJ"
check "a director's token" says "Token of director 1:   eyJ"
check "the webhook token" says "Webhook token:         $(cat "$REALTIME_DATA_DIR/webhook-token")"
check "the console" says "Console: http://127.0.0.1:$CONSOLE_PORT"
check "that a cache is made" says "An AOT cache is being made in the background"
check "its password" says "log in as admin with the password $(cat "$REALTIME_DATA_DIR/console-admin-password")"

# As a browser without scripts would: the form's token first, then name and password.
console_status() {
  local page="http://127.0.0.1:$CONSOLE_PORT" jar="$work/cookies"
  rm -f "$jar"
  curl -s -c "$jar" --max-time 20 "$page/login" | sed -n 's/.*name="_csrf_parameter" content="\([^"]*\)".*/\1/p' >"$work/parameter"
  curl -s -b "$jar" -c "$jar" --max-time 20 "$page/login" | sed -n 's/.*name="_csrf" content="\([^"]*\)".*/\1/p' >"$work/csrf"
  curl -s -o /dev/null -b "$jar" -c "$jar" --max-time 20 --data-urlencode "_csrf=$(head -n 1 "$work/csrf")" \
    --data-urlencode "username=admin" --data-urlencode "password=$1" "$page/login"
  curl -s -o /dev/null -w '%{http_code}' -b "$jar" --max-time 20 "$page/"
}
check "with which one gets in" is "$(console_status "$(cat "$REALTIME_DATA_DIR/console-admin-password")")" 200
check "and without which one does not" is "$(console_status "not the password")" 302

(
  unset REALTIME_DATA_DIR PORT CONSOLE_PORT
  cd / && tr -d '\r' <"$work/out" | sed -n 's/^  \(curl .*\)$/\1/p' >"$work/line" && bash "$work/line" >"$work/answer" 2>&1
)
check "the curl line works when pasted: $(head -c 200 "$work/answer")" grep -q '"success":true' "$work/answer"

(
  REALTIME_DATA_DIR="$work/other" "$root/run" >"$work/busy" 2>&1
  echo "$?" >>"$work/busy"
)
check "a busy port is one clear sentence" grep -qF "Port $port is busy" "$work/busy"
check "and a failure" is "$(tail -n 1 "$work/busy")" 1

demo_log="$REALTIME_DATA_DIR/logs/demo.log"
connected() {
  curl -s --max-time 10 "http://127.0.0.1:$port/api/v1/stats/connections" | sed -n 's/.*"total":\([0-9]*\).*/\1/p'
}
# shellcheck disable=SC2317  # called by wait_for
lively() { [ "$(connected)" -gt 10 ] 2>/dev/null; }
check "the demo brings people" wait_for "more than ten of them" lively
check "and says so: $(head -n 1 "$demo_log")" grep -q ' simulates 40 operators and 5 directors ' "$demo_log"
check "without secrets" is "$(grep -c -F -e eyJ -e "$(cat "$REALTIME_DATA_DIR/webhook-token")" "$demo_log")" 0
check "without faults and stack traces" is "$(grep -c -e fault -e '^	at ' "$demo_log")" 0

redis_before="$(cat "$REALTIME_DATA_DIR/redis/redis.pid")"
# The process id of the first instance, from its log.
first="$(sed -n 's/.* with PID \([0-9]*\) .*/\1/p' "$REALTIME_DATA_DIR/logs/realtime-$port.log" | head -n 1)"
check "the first instance's process is known" is_not "$first" ""
kill -KILL "$first"
# shellcheck disable=SC2317  # called by wait_for
noticed() { grep -qF "The service on port $port ended with exit code 137; 1 still running." "$work/out"; }
wait_for "./run to notice" noticed
check "the killed first is noticed" noticed
check "the second goes on" is "$(ready $((port + 10)))" 200
check "on the same Redis" is "$(cat "$REALTIME_DATA_DIR/redis/redis.pid")" "$redis_before"
sed "s/:$port/:$((port + 10))/" "$work/line" >"$work/line2"
(cd / && bash "$work/line2" >"$work/answer" 2>&1)
check "and takes events" grep -q '"success":true' "$work/answer"

printf '\003' >&4
status_of
exec 4>&-
check "Ctrl-C ends it with 130" is "$status" 130
check "nothing is left" nothing_left
check "the demo's people went home" grep -qF "The demo has ended" "$demo_log"

# --- a file, one instance, a demo that ends early ----------------------------------------------------------------------

echo "Into a file, one instance and a demo that ends early:"
DEMO_OPTIONS="--operators 0" run_in_file --demo
wait_for "./run to be ready" told_the_end
check "ready" says "Ready: http://127.0.0.1:$port"
check "no token" never_says "eyJ"
check "no webhook token" never_says "$(cat "$REALTIME_DATA_DIR/webhook-token")"
check "no JWT secret" never_says "$(cat "$REALTIME_DATA_DIR/jwt-secret")"
check "no password of the console" never_says "$(cat "$REALTIME_DATA_DIR/console-admin-password")"
check "no admin API secret" never_says "$(cat "$REALTIME_DATA_DIR/admin-api-secret")"
sed -n 's/^  \(curl .*\)$/\1/p' "$work/out" >"$work/line"
(cd / && bash "$work/line" >"$work/answer" 2>&1)
check "this curl line works as well: $(head -c 200 "$work/answer")" grep -q '"success":true' "$work/answer"
sed -n 's/^A client.s token:  //p' "$work/out" >"$work/line"
(cd / && bash "$work/line" >"$work/answer" 2>&1)
check "and so does the way to a token" grep -q '^eyJ' "$work/answer"
# shellcheck disable=SC2317  # called by wait_for
demo_end_told() { grep -qF -- '--operators must be a number from 1 to 200, not "0".' "$work/out"; }
check "the demo's end is told, with its reason" wait_for "./run to tell" demo_end_told
check "and its exit code" says "The demo ended with exit code 2; the service keeps running."
check "the service goes on" is "$(ready "$port")" 200
# shellcheck disable=SC2317  # called by wait_for
cache_made() { [ -n "$(find "$root/realtime-service/target/app" -name '*.aot')" ]; }
# The console's cache is begun afterwards and stopped with the rest; tools/test-image.sh checks that it can be made.
check "the service's AOT cache is made meanwhile" wait_for "the AOT cache" cache_made
check "without a complaint" never_says "no AOT cache"
kill -TERM "$run_pid"
status_of
check "SIGTERM ends it with 143" is "$status" 143
check "nothing is left" nothing_left

# --- starting with the AOT cache ------------------------------------------------------------------------------------------

# With AOTMode=on, a JVM that cannot use its cache does not start.
echo "With the AOT cache, and another collector:"
JAVA_OPTS="-XX:+UseSerialGC -XX:AOTMode=on" run_in_file --no-console
wait_for "./run to be ready" told_the_end
check "ready" says "Ready: http://127.0.0.1:$port"
check "no cache is made" never_says "AOT"
# flags_of <log>: those of the process that wrote it
flags_of() { ps -o command= -p "$(sed -n 's/.* with PID \([0-9]*\) .*/\1/p' "$1" | head -n 1)"; }
log="$REALTIME_DATA_DIR/logs/realtime-$port.log"
flags_of "$log" >"$work/flags"
check "the service has its cache" grep -q 'XX:AOTCache=.*\.aot ' "$work/flags"
check "and the collector" grep -q 'XX:+UseSerialGC' "$work/flags"
check "and the JVM says nothing to it" is "$(grep -c '\[aot\]' "$log")" 0
kill -TERM "$run_pid"
status_of
check "nothing is left" nothing_left

# --- a service that cannot start ---------------------------------------------------------------------------------------------

echo "A configuration the service refuses:"
JWT_SECRET=your-secret run_in_file
status_of
check "it ends by itself with 1" is "$status" 1
check "with the service's words" says "JWT_SECRET is a publicly known placeholder from the documentation"
check "without a stack trace" never_says "	at "
check "nothing is left" nothing_left

echo
if [ "$failures" -gt 0 ]; then
  echo "$failures checks of ./run failed." >&2
  exit 1
fi
echo "All checks of ./run passed."
