#!/usr/bin/env bash
# Checks the Dockerfile, docker-compose.yml, the proxy's configuration and k8s/ without a container engine:
# linters, Kubernetes' schemas, nginx's own parser, and what this project wants of them (tools/deploy-lint/check.mjs).
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

# The proxy's image includes the file within its own http block; a test listens on nothing.
nginx_accepts() {
  {
    printf 'pid %s/pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n' "$work"
    printf '  %s_temp_path %s;\n' client_body "$work/a" proxy "$work/b" fastcgi "$work/c" uwsgi "$work/d" scgi "$work/e"
    printf '  include %s;\n}\n' "$root/deploy/nginx.conf"
  } >"$work/nginx.conf"
  "${NGINX_BINARY:-nginx}" -t -p "$work" -c "$work/nginx.conf"
}

# A second run shows that nothing was passed over by a broken checker.
finds_what_is_wrong() {
  sed 's/^USER .*/USER root/' Dockerfile >"$work/Dockerfile"
  sed -e 's/secretKeyRef/secretKeyReference/' -e 's/containerPort: 5009/containerPort: none/' \
    "$work/k8s.yaml" >"$work/broken.yaml"
  sed 's/JWT_SECRET: .*/JWT_SECRET: written-down/' docker-compose.yml >"$work/compose.yml"
  local said
  said="$(node tools/deploy-lint/check.mjs "$work/Dockerfile" "$work/compose.yml" "$work/broken.yaml" "${variables[@]}" 2>&1)" &&
    return 1
  for word in 'run as root' 'JWT_SECRET must be required' 'no secretKeyRef' 'containerPort'; do
    if ! grep -qF "$word" <<<"$said"; then
      echo "not found: $word"
      echo "$said"
      return 1
    fi
  done
}

variables=(PORT JWT_SECRET WEBHOOK_TOKEN ADMIN_API_SECRET CORS_ORIGIN REDIS_HOST REDIS_PORT REDIS_PASSWORD)
(cd tools/deploy-lint && npm ci --no-audit --no-fund --loglevel=error) || exit 1

check "k8s/ renders" sh -c "kubectl kustomize k8s >'$work/k8s.yaml'"
# The interface is a variable, which that rule does not see.
check "docker-compose.yml" tools/deploy-lint/node_modules/.bin/dclint docker-compose.yml --quiet --disable-rule no-unbound-port-interfaces
check "deploy/nginx.conf" nginx_accepts
check "schemas and our own rules" node tools/deploy-lint/check.mjs Dockerfile,admin-ui/Dockerfile docker-compose.yml "$work/k8s.yaml" "${variables[@]}"
check "the checker finds what is wrong" finds_what_is_wrong
[ "$failures" = 0 ]
