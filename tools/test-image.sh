#!/usr/bin/env bash
# Performs the stages of the two Dockerfiles without a container engine, with the built jars: extracts the layers into a clean
# folder, removes the jar's Redis, makes the AOT cache, starts the ENTRYPOINT as another user with an empty environment (alone with
# this machine's redis-server, and for production without one), and runs the HEALTHCHECK.
set -u

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1
# shellcheck source=tools/find-jdk.sh
. "$root/tools/find-jdk.sh"
find_jdk || exit 1

work="$(mktemp -d)"
app="$work/app"
data="$work/data"
console="$work/console"
pid=''
console_pid=''
production_pid=''
# shellcheck disable=SC2317  # called by the trap
cleanup() {
  local each
  for each in $console_pid $production_pid $pid; do
    { kill "$each" && wait "$each"; } 2>/dev/null
  done
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  echo "  NOT OK: $1" >&2
  cat "$work"/*log 2>/dev/null | tail -n 30 | sed 's/^/    | /' >&2
  exit 1
}

# .dockerignore must let through what the Dockerfile copies.
while IFS= read -r file; do
  [ -f "$file" ] || fail "the Dockerfile copies $file, which is not there"
  grep -qxF "!$file" .dockerignore || fail ".dockerignore excludes $file"
done < <(sed -n 's/^COPY \(tools.*\) \.\/$/\1/p' Dockerfile admin-ui/Dockerfile | tr ' ' '\n' | sort -u)
# Maven reads the pom.xml of every module, also of those that no image has.
while IFS= read -r module; do
  grep -qxE "!$module(/pom.xml)?" .dockerignore || fail ".dockerignore keeps $module/pom.xml away"
done < <(sed -n 's/^ *<module>\(.*\)<\/module>$/\1/p' pom.xml)

# The distribution's, as in the image that runs alone.
# Debian's redis-server is a link to a program of redis-tools that acts by the name it is called by.
redis_server="$(command -v redis-server || command -v redis-check-rdb)" || fail "there is no redis-server: install redis-tools"
mkdir "$work/redis"
ln -s "$redis_server" "$work/redis/redis-server"
path_alone="$JAVA_HOME/bin:$work/redis:/usr/bin:/bin"
# For production: the commands that scripts use, and no Redis.
mkdir "$work/bin"
for word in env bash; do ln -s "$(command -v "$word")" "$work/bin/$word"; done
path_production="$JAVA_HOME/bin:$work/bin"

# unpack <jar> <folder>
unpack() {
  local layer
  "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$1" extract --layers --destination "$2.layers" >/dev/null ||
    fail "the layers of $1 cannot be extracted"
  mkdir -p "$2"
  for layer in dependencies snapshot-dependencies application; do
    [ ! -d "$2.layers/$layer" ] || cp -R "$2.layers/$layer/." "$2/"
  done
}
mkdir -p "$data"
unpack realtime-service/target/realtime-service.jar "$app"
removed="$(sed -n 's|^RUN rm /layers/dependencies/\(.*\)$|\1|p' Dockerfile)"
[ -n "$removed" ] || fail "the Dockerfile does not remove the jar's Redis"
# shellcheck disable=SC2086  # a pattern
rm "$app"/$removed || fail "there is no $removed to remove"
find "$app" -name '*redis-server*' -o -name 'embedded-redis*' | grep -q . && fail "there is still a Redis in the image"
"$JAVA_HOME/bin/javac" -d "$app/rehearsal" tools/Rehearsal.java || fail "the rehearsal cannot be compiled"
cp tools/jvm.options tools/ready.sh tools/aot-cache.sh "$app/"
unpack admin-ui/target/admin-ui.jar "$console"
cp tools/jvm.options tools/console-jvm.options tools/ready.sh tools/aot-cache.sh "$console/"

# make_cache <Dockerfile> <folder>: runs its RUN with the folder in place of /app; as root where possible, as in the image.
make_cache() {
  local words
  words="$(sed -n 's/^RUN \(\/app\/aot-cache.sh .*\)$/\1/p' "$1" | sed "s|/app|$2|g")"
  [ -n "$words" ] || fail "$1 does not make an AOT cache"
  # Long enough to see that it works.
  # shellcheck disable=SC2086  # words without blanks
  env -i PATH="$path_alone" REHEARSAL_SECONDS=3 $words >"$work/cache.log" 2>&1 || fail "the AOT cache of $1 could not be made"
}
make_cache Dockerfile "$app"
make_cache admin-ui/Dockerfile "$console"
echo "  ok: the AOT caches are made"

# The image's user, if this process may switch to it.
as_image_user=()
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  chmod 755 "$work"
  chown 10001:10001 "$data"
  chmod 700 "$data"
  as_image_user=(setpriv --reuid 10001 --regid 10001 --clear-groups)
fi
# Replaces the (sub)shell that calls it, so that its process is the service's own.
in_image() {
  cd "$app" && exec ${as_image_user[@]+"${as_image_user[@]}"} env -i PATH="$path_alone" \
    REALTIME_DATA_DIR="$data" PORT="$port" REALTIME_BIND_ADDRESS=127.0.0.1 "$@"
}
in_production() {
  cd "$app" && exec ${as_image_user[@]+"${as_image_user[@]}"} env -i PATH="$path_production" \
    SPRING_PROFILES_ACTIVE=production PORT="$production_port" REALTIME_BIND_ADDRESS=127.0.0.1 "$@"
}

# A port that is free now; if another program takes it, the service reports that.
port=$((20000 + RANDOM % 10000))
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done

# words_of <Dockerfile> <folder>: its ENTRYPOINT, a word a line, with the folder for /app
words_of() {
  sed -n 's/^ENTRYPOINT \[\(.*\)\]$/\1/p' "$1" | tr ',' '\n' | sed "s/^ *\"//; s/\" *$//; s|/app|$2|"
}
entrypoint=()
while IFS= read -r word; do entrypoint+=("$word"); done < <(words_of Dockerfile "$app")
[ "${#entrypoint[@]}" -gt 1 ] || fail "the Dockerfile has no ENTRYPOINT of words"

# must_use_cache <command>...: stores the command in the array "strict", changed so that a JVM that cannot use the cache fails.
must_use_cache() {
  case "$*" in *" -XX:AOTCache=$work/"*) ;; *) fail "the ENTRYPOINT names no AOT cache: $*" ;; esac
  strict=("$1" -XX:AOTMode=on "${@:2}")
}

(in_image "$app/ready.sh") && fail "the health check succeeds while nothing runs"
must_use_cache "${entrypoint[@]}"
in_image "${strict[@]}" >"$work/log" 2>&1 &
pid=$!
for ((i = 0; i < 240; i++)); do
  (in_image "$app/ready.sh") && break
  kill -0 "$pid" 2>/dev/null || fail "the service exited during its start"
  sleep 0.5
done
(in_image "$app/ready.sh") || fail "the health check fails"
echo "  ok: it starts with its AOT cache, and the health check succeeds"

curl -fsS "http://127.0.0.1:$port/health" | grep -q '"status":"ok"' || fail "/health does not report ok"
echo "  ok: /health"

token="$(in_image "${entrypoint[@]}" token --role director --id 1 --name Director 2>"$work/token.log")" ||
  fail "the image's token command: $(cat "$work/token.log")"
curl -fsS -H "Authorization: Bearer $token" "http://127.0.0.1:$port/api/v1/stats/connections" |
  grep -q '"connections":\[\]' || fail "the token is not accepted"
echo "  ok: arguments reach the service: token"

grep -q "an embedded Redis at .*(Redis .*/redis-" "$work/log" || fail "the start does not report which Redis runs"
echo "  ok: its Redis is this machine's"

# For production: only the configured Redis; here that of the image that runs alone.
production_port=$((port + 100))
while (exec 3<>"/dev/tcp/127.0.0.1/$production_port") 2>/dev/null; do production_port=$((production_port + 1)); done
grep -q '^ENV SPRING_PROFILES_ACTIVE=production$' Dockerfile || fail "the stage production has another profile"
if (in_production "${entrypoint[@]}") >"$work/production.log" 2>&1; then fail "production starts without a Redis"; fi
grep -q 'REDIS_HOST must be set in profile production' "$work/production.log" || fail "production does not report what it needs"
of_redis() { sed -n "s/^$1 //p" "$data/redis/redis.conf"; }
in_production REDIS_HOST=127.0.0.1 REDIS_PORT="$(of_redis port)" REDIS_PASSWORD="$(of_redis requirepass)" \
  JWT_SECRET="$(cat "$data/jwt-secret")" WEBHOOK_TOKEN="$(cat "$data/webhook-token")" "${strict[@]}" >"$work/production.log" 2>&1 &
production_pid=$!
for ((i = 0; i < 240; i++)); do
  (in_production "$app/ready.sh") && break
  kill -0 "$production_pid" 2>/dev/null || fail "production exited during its start"
  sleep 0.5
done
(in_production "$app/ready.sh") || fail "production's health check fails"
kill -TERM "$production_pid"
wait "$production_pid"
production_pid=''
echo "  ok: production has no Redis, requires one, and starts with the same AOT cache"

# The console, in the service's data folder.
console_entrypoint=()
while IFS= read -r word; do console_entrypoint+=("$word"); done < <(words_of admin-ui/Dockerfile "$console")
console_port=$((port + 1))
while (exec 3<>"/dev/tcp/127.0.0.1/$console_port") 2>/dev/null; do console_port=$((console_port + 1)); done
must_use_cache "${console_entrypoint[@]}"
in_image env REALTIME_URL="http://127.0.0.1:$port" CONSOLE_PORT="$console_port" CONSOLE_BIND_ADDRESS=127.0.0.1 \
  "${strict[@]}" >"$work/console.log" 2>&1 &
console_pid=$!
for ((i = 0; i < 240; i++)); do
  (in_image "$console/ready.sh" 127.0.0.1 "$console_port") && break
  kill -0 "$console_pid" 2>/dev/null || fail "the console exited during its start"
  sleep 0.5
done
curl -fsS "http://127.0.0.1:$console_port/login" | grep -q _csrf || fail "the console does not show a login"
kill -TERM "$console_pid"
wait "$console_pid"
console_pid=''
echo "  ok: the console starts with its AOT cache, shows its login, and ends"

kill -TERM "$pid"
wait "$pid"
code=$?
pid=''
case "$code" in
0 | 143) echo "  ok: SIGTERM ends it" ;;
*) fail "after SIGTERM it ended with $code" ;;
esac
(in_image "$app/ready.sh") && fail "a server still listens"
echo "The image's steps work."
