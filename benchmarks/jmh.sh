#!/usr/bin/env bash
# Runs the micro-benchmarks of the codec and the fan-out: benchmarks/jmh.sh [pattern] [further words for JMH]
set -eu

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=tools/find-jdk.sh
. "$root/tools/find-jdk.sh"
find_jdk
libraries="$root/benchmarks/target/jmh-classpath"
# Not further than compile: the service's classes are looked for in a folder, not in the jar that runs.
(cd "$root" && ./mvnw -q -DskipTests -Pjmh -pl benchmarks -am compile dependency:build-classpath \
  -Dmdep.outputFile=target/jmh-classpath -Dmdep.includeScope=runtime)
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Dio.netty.leakDetection.level=disabled \
  -cp "$root/benchmarks/target/jmh-classes:$(cat "$libraries")" org.openjdk.jmh.Main "$@"
