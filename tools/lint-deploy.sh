#!/usr/bin/env bash
# Checks the Dockerfiles, docker-compose.yml, the proxy's configuration, Redis' users and k8s/ without a container engine:
# linters, Kubernetes' schemas, nginx and Redis themselves, and this project's own rules (tools/deploy-lint/rules).
set -u

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

failures=0
check() {
  local what="$1"
  shift
  if "$@" >"$work/out" 2>&1; then
    echo "  ok: $what"
  else
    echo "  NOT OK: $what" >&2
    sed 's/^/    | /' "$work/out" >&2
    failures=$((failures + 1))
  fi
}

nginx="${NGINX_BINARY:-nginx}"
(cd tools/deploy-lint && npm ci --no-audit --no-fund --loglevel=error) || exit 1

check "k8s/ renders" sh -c "kubectl kustomize k8s >'$work/k8s.yaml'"
# The interface is a variable, which that rule does not see.
check "docker-compose.yml" tools/deploy-lint/node_modules/.bin/dclint docker-compose.yml --quiet --disable-rule no-unbound-port-interfaces
check "deploy/nginx.conf: what the world reaches, and what not" node tools/deploy-lint/proxy.mjs "$nginx" deploy/nginx.conf
check "schemas and our own rules" node tools/deploy-lint/check.mjs . "$work/k8s.yaml"
check "each rule finds what breaks it" node tools/deploy-lint/check.mjs . "$work/k8s.yaml" --broken
[ "$failures" = 0 ]
