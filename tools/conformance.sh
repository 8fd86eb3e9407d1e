#!/usr/bin/env bash
# Starts a server as the protocol authors' test suites expect it: on port 3000, with pings each 300 ms.
#   tools/conformance.sh                     the service's gateway: Socket.IO, with the namespaces / and /custom, at /socket.io/
#   tools/conformance.sh --engine            the service's gateway: Engine.IO, an echo, at /engine.io/
#   tools/conformance.sh --alone [--engine]  the library socketio-server by itself
# Further words are Spring's arguments for the service's gateway, such as --realtime.port=0.
set -eu

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=tools/find-jdk.sh
. "$root/tools/find-jdk.sh"
find_jdk

module="$root/realtime-service/target"
library="$root/socketio-server/target"
jar="$module/realtime-service.jar"
libraries="$module/conformance"
if [ ! -f "$jar" ] || [ ! -d "$module/test-classes" ] || [ ! -d "$library/test-classes" ]; then
  (cd "$root" && ./mvnw -q -DskipTests package) >&2
fi
# The jar bears the same date in every build.
stamp="$(cksum <"$jar")"
if [ "$stamp" != "$(cat "$libraries/stamp" 2>/dev/null)" ]; then
  rm -rf "$libraries"
  mkdir -p "$libraries"
  (cd "$libraries" && "$JAVA_HOME/bin/jar" xf "$jar" BOOT-INF/lib)
  echo "$stamp" >"$libraries/stamp"
fi
classes="$library/test-classes:$library/classes"
server=dev.realtime.service.gateway.ConformanceServer
if [ "${1-}" = --alone ]; then
  shift
  server=dev.realtime.socketio.conformance.Standalone
else
  classes="$module/test-classes:$module/classes:$classes"
fi
exec "$JAVA_HOME/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED \
  -cp "$classes:$libraries/BOOT-INF/lib/*" "$server" "$@"
