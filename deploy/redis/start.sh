#!/bin/sh
# Starts the Redis of docker-compose.yml and k8s/redis.yaml with its users: renders users.acl, which is next to this script,
# with the passwords of the environment, and becomes redis-server. Arguments are added to redis.conf's lines.
#   REDIS_PASSWORD, REDIS_CONSOLE_PASSWORD   of the users gateway and console
#   REDIS_PUBLISHER_PASSWORD                 of the user publisher, which is off without it
#   REDIS_DATA_FOLDER, REDIS_USERS_FILE      where data and rendered users go: /data, /tmp/users.acl
#   REDIS_SERVER                             the program: redis-server
# Passwords stay in this shell: Redis gets their SHA-256 sums, in a file that only its user may read.
set -eu

here="$(cd "$(dirname "$0")" && pwd)"
users="${REDIS_USERS_FILE:-/tmp/users.acl}"

sum() {
  printf %s "$1" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d ' ' -f 1
}

publisher=off
[ -z "${REDIS_PUBLISHER_PASSWORD:-}" ] || publisher="on #$(sum "$REDIS_PUBLISHER_PASSWORD")"

umask 077
sed -e '/^#/d' -e ':join' -e '/\\$/{' -e 'N' -e 's/ *\\\n */ /' -e 'b join' -e '}' -e '/^ *$/d' \
  -e "s/GATEWAY_PASSWORD_SHA256/$(sum "${REDIS_PASSWORD:?must be set}")/" \
  -e "s/CONSOLE_PASSWORD_SHA256/$(sum "${REDIS_CONSOLE_PASSWORD:?must be set}")/" \
  -e "s/PUBLISHER_STATE/$publisher/" "$here/users.acl" >"$users"
unset REDIS_PASSWORD REDIS_CONSOLE_PASSWORD REDIS_PUBLISHER_PASSWORD

exec "${REDIS_SERVER:-redis-server}" "$here/redis.conf" --dir "${REDIS_DATA_FOLDER:-/data}" --aclfile "$users" "$@"
