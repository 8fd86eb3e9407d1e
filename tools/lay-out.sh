#!/usr/bin/env bash
# Extracts a jar as in the image, with its libraries next to it, and prints the folder: it starts faster that way, and can have an
# AOT cache. With --cache, also makes the cache.
#   lay-out.sh [--cache] <jar> <folder> <file with the JVM's flags>...
# Each combination of jar, JDK and flags has its own folder in there, so that a running service keeps its files.
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
  # If another process was faster, mv has put this folder into theirs, which has the same content.
  mv "$work/app" "$laid" && rm -rf "$laid/app" || exit 1
  # The last three builds are kept, since services may be running from them.
  # shellcheck disable=SC2012  # the names are digits
  ls -td "$folder"/[0-9]*-[0-9]* | tail -n +4 | while IFS= read -r old; do rm -rf "$old"; done
fi
if [ "$with_cache" = yes ] && [ ! -s "$laid/$(basename "$jar" .jar).aot" ]; then
  "$here/aot-cache.sh" "$laid" "$@" >&2 || exit 1
fi
echo "$laid"
