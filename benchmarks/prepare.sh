# shellcheck shell=bash
# Sourced: builds stale modules and extracts the service's jar; sets root, java and jdk's JAVA_HOME.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=tools/find-jdk.sh
. "$root/tools/find-jdk.sh"
find_jdk || exit 1
java="$JAVA_HOME/bin/java"
service_jar="$root/realtime-service/target/realtime-service.jar"
benchmarks_jar="$root/benchmarks/target/realtime-benchmarks.jar"
app="$root/benchmarks/target/app"

# is_stale <made> <what it is made from>...
# Reproducible builds give the jar a time of 1980; the .original beside it keeps its own.
is_stale() {
  local made="$1"
  shift
  [ -f "$made" ] || return 0
  [ -n "$(cd "$root" && find pom.xml "$@" -newer "$made" 2>/dev/null | head -n 1)" ]
}

build_stale() {
  local modules=''
  local made=()
  if is_stale "$service_jar.original" contracts/pom.xml contracts/src/main launch/pom.xml launch/src/main \
    dev-redis/pom.xml dev-redis/src/main \
    socketio-server/pom.xml socketio-server/src/main front-door/pom.xml front-door/src/main \
    spring-cloud-stream-binder-redis/pom.xml spring-cloud-stream-binder-redis/src/main \
    realtime-service/pom.xml realtime-service/src/main; then
    modules=realtime-service
    made+=("$service_jar.original")
  fi
  if is_stale "$benchmarks_jar.original" benchmarks/pom.xml benchmarks/src/main; then
    modules="$modules${modules:+,}benchmarks"
    made+=("$benchmarks_jar.original")
  fi
  if [ -n "$modules" ]; then
    echo "Building $modules..."
    (cd "$root" && ./mvnw -q -DskipTests -pl "$modules" -am package) || exit 1
    touch "${made[@]}"
  fi
}

# lay_out <jar> <folder> <link> [--cache]: extracts a jar as in the image, with its libraries next to it, and links to
# the result.
lay_out() {
  local laid
  laid="$("$root/tools/lay-out.sh" ${4+"$4"} "$1" "$2" "$root/tools/jvm.options")" || return 1
  mkdir -p "$(dirname "$3")" && rm -rf "$3" && ln -s "$laid" "$3"
}

# The service with its AOT cache.
lay_out_service() {
  lay_out "$service_jar" "$root/realtime-service/target/app" "$app" --cache || exit 1
}

# lay_out_with_baseline <older jar>
# Both jars have their own AOT cache, or neither has one; fails then, so that the cache makes no difference between
# them.
lay_out_with_baseline() {
  local newer=("$service_jar" "$root/realtime-service/target/app" "$app")
  local older=("$1" "$root/benchmarks/target/baseline-app" "$root/benchmarks/target/baseline")
  lay_out "${newer[@]}" --cache && lay_out "${older[@]}" --cache && return
  echo "Both services run without an AOT cache." >&2
  lay_out "${newer[@]}" && lay_out "${older[@]}" || exit 1
  return 1
}

# The generator runs on the core that the server does not use.
run_benchmarks() {
  mkdir -p "$root/benchmarks/target/run"
  taskset -c 1 "$java" -Xms256m -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dstdout.encoding=UTF-8 -Dio.netty.leakDetection.level=disabled \
    -jar "$benchmarks_jar" --root "$root" "$@"
}
