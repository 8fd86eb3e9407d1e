// Tokens as the users' login service issues them: HS256, with the claims userId or sub, role, name, cities.
import { createHmac } from 'node:crypto';

export const JWT_SECRET = 'e2e-jwt-secret-of-more-than-thirty-two-bytes';
export const WEBHOOK_TOKEN = 'e2e-webhook-token-of-its-own';
export const ADMIN_API_SECRET = 'e2e-admin-api-secret-of-more-than-thirty-two-bytes';

const base64url = (text) => Buffer.from(text).toString('base64url');

/** Signs claims given as JSON text, so that numbers can have any size. */
export function signText(claims, secret = JWT_SECRET, header = { alg: 'HS256', typ: 'JWT' }) {
  const body = `${base64url(JSON.stringify(header))}.${base64url(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

const now = () => Math.floor(Date.now() / 1000);

/** A token that is valid for an hour, unless the claims say otherwise. */
export function sign(claims, secret) {
  return signText(JSON.stringify({ exp: now() + 3600, ...claims }), secret);
}

/** A token for the admin API, valid for five minutes. */
export const adminToken = (role, claims = {}) => signText(
  JSON.stringify({ sub: `${role}@console`, role, aud: 'admin-api', exp: now() + 300, ...claims }), ADMIN_API_SECRET);

export const operator = (userId, more = {}) => sign({ userId, role: 'operator', name: `Operator ${userId}`, ...more });
export const director = (userId, more = {}) => sign({ userId, role: 'director', name: `Director ${userId}`, ...more });
