#!/usr/bin/env bash
# Does by hand what the Dockerfile's last stage does, with the jar that is built: extracts the layers into a clean
# folder, starts the ENTRYPOINT in it as another user with nothing in its environment, and asks the HEALTHCHECK.
set -u

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1
# shellcheck source=tools/find-jdk.sh
. "$root/tools/find-jdk.sh"
find_jdk || exit 1

work="$(mktemp -d)"
app="$work/app"
data="$work/data"
pid=''
# shellcheck disable=SC2317  # called by the trap
cleanup() {
  [ -z "$pid" ] || { kill "$pid" && wait "$pid"; } 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT

fail() {
  echo "  NOT OK: $1" >&2
  [ ! -f "$work/log" ] || tail -n 30 "$work/log" | sed 's/^/    | /' >&2
  exit 1
}

# What the Dockerfile copies must get past .dockerignore.
while IFS= read -r file; do
  [ -f "$file" ] || fail "the Dockerfile copies $file, which is not there"
  grep -qxF "!$file" .dockerignore || fail ".dockerignore keeps $file away"
done < <(sed -n 's/^COPY \(tools.*\) \.\/$/\1/p' Dockerfile | tr ' ' '\n')

"$JAVA_HOME/bin/java" -Djarmode=tools -jar realtime-service/target/realtime-service.jar \
  extract --layers --destination "$work/layers" >/dev/null || fail "the layers cannot be extracted"
mkdir -p "$app" "$data"
for layer in dependencies snapshot-dependencies application; do
  [ ! -d "$work/layers/$layer" ] || cp -R "$work/layers/$layer/." "$app/"
done
cp tools/jvm.options tools/ready.sh "$app/"

# The image's user, where this one may become it.
as_image_user=()
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  chmod 755 "$work"
  chown 10001:10001 "$data"
  chmod 700 "$data"
  as_image_user=(setpriv --reuid 10001 --regid 10001 --clear-groups)
fi
# Replaces the (sub)shell that calls it, so that its process is the service's own.
in_image() {
  cd "$app" && exec ${as_image_user[@]+"${as_image_user[@]}"} env -i PATH="$JAVA_HOME/bin:/usr/bin:/bin" \
    REALTIME_DATA_DIR="$data" PORT="$port" REALTIME_BIND_ADDRESS=127.0.0.1 "$@"
}

# A port that is free now; the service says so when somebody was faster.
port=$((20000 + RANDOM % 10000))
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done

entrypoint=()
while IFS= read -r word; do entrypoint+=("${word//\/app/$app}"); done \
  < <(sed -n 's/^ENTRYPOINT \[\(.*\)\]$/\1/p' Dockerfile | tr ',' '\n' | sed 's/^ *"//; s/" *$//')
[ "${#entrypoint[@]}" -gt 1 ] || fail "the Dockerfile has no ENTRYPOINT of words"

(in_image "$app/ready.sh") && fail "the health check is content while nothing runs"
in_image "${entrypoint[@]}" >"$work/log" 2>&1 &
pid=$!
for ((i = 0; i < 240; i++)); do
  (in_image "$app/ready.sh") && break
  kill -0 "$pid" 2>/dev/null || fail "the service ended at its start"
  sleep 0.5
done
(in_image "$app/ready.sh") || fail "the health check is not content"
echo "  ok: it starts, and the health check is content"

curl -fsS "http://127.0.0.1:$port/health" | grep -q '"status":"ok"' || fail "/health does not say ok"
echo "  ok: /health"

token="$(in_image "${entrypoint[@]}" token --role director --id 1 --name Director 2>"$work/token.log")" ||
  fail "the image's token command: $(cat "$work/token.log")"
curl -fsS -H "Authorization: Bearer $token" "http://127.0.0.1:$port/api/v1/stats/connections" |
  grep -q '"connections":\[\]' || fail "the token is not accepted"
echo "  ok: arguments reach the service: token"

kill -TERM "$pid"
wait "$pid"
code=$?
pid=''
case "$code" in
0 | 143) echo "  ok: SIGTERM ends it" ;;
*) fail "after SIGTERM it ended with $code" ;;
esac
(in_image "$app/ready.sh") && fail "something still listens"
echo "The image's steps work."
