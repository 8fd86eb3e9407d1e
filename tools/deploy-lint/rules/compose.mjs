// docker-compose.yml: secrets from outside, and containers that may do little and take so much.
import { parse } from 'yaml';
import { REDIS_SHARE, bytes, endsWithin, isKnown, isPinned, looksSecret, tooWide } from './common.mjs';

/** May be left out, so that nobody is that user. */
const OPTIONAL = new Set(['REDIS_PUBLISHER_PASSWORD']);

export function checkCompose(name, text, { maxmemory }, report) {
  const compose = parse(text, { merge: true });
  for (const [service, spec] of Object.entries(compose.services)) {
    const check = (holds, what) => holds || report(`${name}, ${service}`, what);
    check(/^[a-z0-9-]+$/.test(service), 'a service is a host name');
    check(isPinned(spec.image ?? ''), `${spec.image} is not pinned to a version`);
    check(spec.read_only === true, 'the root file system is not read-only');
    check(spec.cap_drop?.includes('ALL'), 'capabilities are not dropped');
    check(spec.security_opt?.includes('no-new-privileges:true'), 'may gain privileges');
    check(bytes(spec.mem_limit) > 0, 'no memory limit');
    check(spec.pids_limit > 0, 'no limit of processes');
    const build = spec.build;
    check(!build || build.dockerfile || build.target === 'production', 'is not built for production');
    if (spec.image?.startsWith('realtime-service:')) {
      check(Number.parseInt(spec.stop_grace_period, 10) >= endsWithin(spec.environment), 'is killed while it drains');
    }
    for (const [variable, value] of Object.entries(spec.environment ?? {})) {
      check(isKnown(variable), `the application knows no ${variable}`);
      check(!looksSecret(variable) || /^\$\{[A-Z_]+:\?/.test(value) || OPTIONAL.has(variable), `${variable} must be required from outside`);
      if (variable.endsWith('_TRUSTED_PROXIES')) check(tooWide(value).length === 0, `trusts ${tooWide(value)}`);
    }
  }
  const { redis, proxy } = compose.services;
  if (!(maxmemory <= REDIS_SHARE * bytes(redis.mem_limit))) report(`${name}, redis`, 'maxmemory leaves too little of the memory limit');
  if (!redis.volumes.includes('./deploy/redis:/etc/redis:ro')) report(`${name}, redis`, 'has no users');
  if (!(proxy.ulimits?.nofile >= 65536)) report(`${name}, proxy`, 'has too few files for 10,000 sockets');
}
