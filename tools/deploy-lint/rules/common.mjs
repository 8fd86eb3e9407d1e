// What the rules for Dockerfiles, Compose and Kubernetes have in common.

/** Applications' variables that are no properties in capitals. */
const VARIABLES = new Set(['PORT', 'JWT_SECRET', 'WEBHOOK_TOKEN', 'ADMIN_API_SECRET', 'CORS_ORIGIN',
  'REDIS_HOST', 'REDIS_PORT', 'REDIS_USERNAME', 'REDIS_PASSWORD',
  // Of deploy/redis/start.sh.
  'REDIS_CONSOLE_PASSWORD', 'REDIS_PUBLISHER_PASSWORD']);

/** A variable is the application's own, or under a prefix of its configuration. */
export function isKnown(name) {
  return VARIABLES.has(name) || /^(REALTIME|CONSOLE|SPRING|MANAGEMENT|SERVER|LOGGING)_[A-Z0-9_]+$/.test(name);
}

export const looksSecret = (name) => /SECRET|TOKEN|PASSWORD/.test(name);

/** Whether an image is named by a version of at least two numbers, so that it is the same tomorrow. */
export const isPinned = (image) => /:\d+\.\d+[\w.-]*$/.test(image);

/** Bytes of 512m, 1g, 600mb, 768Mi, 1Gi. */
export function bytes(text) {
  const [, number, unit] = /^(\d+)\s*([kmg]?)i?b?$/i.exec(String(text).trim()) ?? [];
  return number === undefined ? Number.NaN : Number(number) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ');
}

/** What Redis may use of its container: the rest is for a rewrite of the append-only file. */
export const REDIS_SHARE = 0.7;

/** `realtime.drain.time` unless an environment says otherwise, and what the rest of an end may take. */
const DRAIN_SECONDS = 30;
const END_SECONDS = 30;

/** How long an instance with these variables must be let end, in seconds. */
export function endsWithin(environment) {
  const [, own] = /^(\d+)s$/.exec(environment?.REALTIME_DRAIN_TIME ?? '') ?? [];
  return Number(own ?? DRAIN_SECONDS) + END_SECONDS;
}

/** A list of addresses and networks that a proxy may have: none is wider than 256 addresses. */
export function tooWide(proxies) {
  return proxies.split(',').map((each) => each.trim()).filter((each) => {
    const [address, bits] = each.split('/');
    return bits !== undefined && Number(bits) < (address.includes(':') ? 120 : 24);
  });
}
