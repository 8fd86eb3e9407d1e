# shellcheck shell=sh
# Sourced, not run: sets JAVA_HOME to a JDK 25 or newer, or says what is missing and returns 1.
# The default java of many machines is older than 25, so the version of JAVA_HOME is checked too.

jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p'
}

jdk_is_new_enough() {
  major="$(jdk_major "$1" 2>/dev/null)" || return 1
  case "$major" in '' | *[!0-9]*) return 1 ;; esac
  [ "$major" -ge 25 ]
}

find_jdk() {
  path_java="$(command -v javac 2>/dev/null || true)"
  [ -z "$path_java" ] || path_java="$(dirname "$(dirname "$(readlink -f "$path_java" 2>/dev/null || echo "$path_java")")")"
  # The patterns below must expand even when the caller has switched globbing off (mvnw does).
  case "$-" in *f*) globbing_off=yes; set +f ;; *) globbing_off=no ;; esac
  for home in "${JAVA_HOME-}" "${JAVA_25_HOME-}" "$path_java" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/openjdk /opt/jdk* /opt/java/* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && [ -d "$home" ] && jdk_is_new_enough "$home"; then
      JAVA_HOME="$home"
      export JAVA_HOME
      break
    fi
    home=''
  done
  [ "$globbing_off" = no ] || set -f
  if [ -z "$home" ]; then
    echo "A JDK 25 or newer is needed and none was found; install one (for example Temurin 25) or set JAVA_HOME to it." >&2
    return 1
  fi
}
