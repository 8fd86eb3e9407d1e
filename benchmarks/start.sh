#!/usr/bin/env bash
# Starts the service and the console in turn, with their AOT caches and without, and prints how long they take until they are
# ready and what processor time that is:
#   benchmarks/start.sh [<rounds, 3>]
set -u

# shellcheck source=benchmarks/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
rounds="${1:-3}"
console_jar="$root/admin-ui/target/admin-ui.jar"
(cd "$root" && ./mvnw -q -DskipTests -pl realtime-service,admin-ui -am package) || exit 1

work="$(mktemp -d)"
pid=''
trap '[ -z "$pid" ] || kill "$pid"; wait; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

flags="$root/tools/jvm.options"
console_flags="$root/tools/console-jvm.options"
service="$("$root/tools/lay-out.sh" --cache "$service_jar" "$root/realtime-service/target/app" "$flags")/realtime-service" || exit 1
console="$("$root/tools/lay-out.sh" --cache "$console_jar" "$root/admin-ui/target/app" "$flags" "$console_flags")/admin-ui" || exit 1

port=$((20000 + RANDOM % 9000))
# Each start has its own data, including the embedded Redis; the console starts without a service and without Redis.
service_settings=(PORT="$port" REALTIME_BIND_ADDRESS=127.0.0.1 REALTIME_DATA_DIR="$work/data")
console_settings=(CONSOLE_PORT="$port" CONSOLE_BIND_ADDRESS=127.0.0.1 REALTIME_URL=http://127.0.0.1:9 REDIS_HOST=127.0.0.1
  REDIS_PORT=9 ADMIN_API_SECRET=of-no-use-but-while-starts-are-measured)

# start <name> <cache or none> <java's words>...: appends seconds until it was ready, and of processor time
start() {
  local name="$1" cache="$2" began="${EPOCHREALTIME/./}" ready cpu
  shift 2
  rm -rf "$work/data"
  env -i PATH="$PATH" "$@" >"$work/log" 2>&1 &
  pid=$!
  until "$root/tools/ready.sh" 127.0.0.1 "$port" 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || {
      echo "The $name did not start:" >&2
      tail -n 5 "$work/log" >&2
      exit 1
    }
    sleep 0.05
  done
  ready="${EPOCHREALTIME/./}"
  cpu="$(awk '{ print $14 + $15 }' "/proc/$pid/stat")"
  kill "$pid"
  wait "$pid"
  pid=''
  echo "$(((ready - began) / 10000)) $cpu" >>"$work/$name-$cache"
}

# median <file> <column>: of hundredths of a second
median() {
  awk -v column="$2" '{ print $column }' "$1" | sort -n |
    awk '{ all[NR] = $1 } END { printf "%.1f", all[int((NR + 1) / 2)] / 100 }'
}

for ((round = 1; round <= rounds; round++)); do
  start service cache "${service_settings[@]}" "$java" "@$flags" "-XX:AOTCache=$service.aot" -jar "$service.jar"
  start service none "${service_settings[@]}" "$java" "@$flags" -XX:AOTMode=off -jar "$service.jar"
  start console cache "${console_settings[@]}" "$java" "@$flags" "@$console_flags" "-XX:AOTCache=$console.aot" -jar "$console.jar"
  start console none "${console_settings[@]}" "$java" "@$flags" "@$console_flags" -XX:AOTMode=off -jar "$console.jar"
done
echo "Medians of $rounds starts on $(nproc) cores"
for name in service console; do
  for cache in cache none; do
    printf '%s, %-13s ready after %5s s, %5s s of processor time\n' \
      "$name" "AOT $cache:" "$(median "$work/$name-$cache" 1)" "$(median "$work/$name-$cache" 2)"
  done
done
