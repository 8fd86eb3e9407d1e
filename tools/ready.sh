#!/usr/bin/env bash
# Exits with 0 if the instance on this host and port reports that it is ready: ready.sh [host] [port].
# Needs only bash, so that the image and ./run can use it. Does not wait, except up to 5 s for the answer.
set -u

status=''
{
  exec 3<>"/dev/tcp/${1:-127.0.0.1}/${2:-${PORT:-5009}}" &&
    printf 'GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3 &&
    read -r -t 5 status <&3
} 2>/dev/null
case "$status" in
*' 200'*) exit 0 ;;
*) exit 1 ;;
esac
