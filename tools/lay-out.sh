#!/usr/bin/env bash
# Lays out a jar as the image has it, its libraries beside it, and prints the folder: it starts faster so, and can have an AOT
# cache. With --cache it has one at the end.
#   lay-out.sh [--cache] <jar> <folder> <file with the JVM's flags>...
# Each jar, JDK and set of flags has a folder of its own in there, so that nothing is taken from under a service that runs.
set -u

with_cache=no
if [ "$1" = --cache ]; then
  with_cache=yes
  shift
fi
jar="$1"
folder="$2"
shift 2
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"

work=''
trap '[ -z "$work" ] || rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

version="$({
  echo "$java $folder"
  cat "${JAVA_HOME:-}/release" 2>/dev/null
  cat "$@" "$jar"
} | cksum | tr ' ' '-')"
laid="$folder/$version"
if [ ! -d "$laid" ]; then
  mkdir -p "$folder" && work="$(mktemp -d "$folder/new.XXXXXX")" || exit 1
  "$java" -Djarmode=tools -jar "$jar" extract --destination "$work/app" >&2 || exit 1
  # When somebody was faster it has become a folder within his, with the same in it.
  mv "$work/app" "$laid" && rm -rf "$laid/app" || exit 1
  # Three builds are kept, since something may run from the last ones.
  # shellcheck disable=SC2012  # the names are digits
  ls -td "$folder"/[0-9]*-[0-9]* | tail -n +4 | while IFS= read -r old; do rm -rf "$old"; done
fi
if [ "$with_cache" = yes ] && [ ! -s "$laid/$(basename "$jar" .jar).aot" ]; then
  "$here/aot-cache.sh" "$laid" "$@" >&2 || exit 1
fi
echo "$laid"
