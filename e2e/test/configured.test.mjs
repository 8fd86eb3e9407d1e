// A service with more than the minimal configuration: origins of pages, and a cookie with the token.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { Client } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { request } from '../support/http.mjs';
import { RawWebSocket } from '../support/raw.mjs';
import { ownService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';

const ORIGINS = ['http://localhost:3000', 'https://office.example'];
const FOREIGN = ['http://localhost:3001', 'https://localhost:3000', 'https://office.example.evil.example', 'null'];
const POLLING = '/socket.io/?EIO=4&transport=polling';

let service;
before(async () => {
  ({ service } = await ownService({
    CORS_ORIGIN: ORIGINS.join(', '),
    REALTIME_GATEWAY_TOKEN_COOKIE: 'office-token',
  }));
});
const test = testsOf(() => service);

const transports = [['websocket'], ['polling']];
const withCookie = (cookie, transport) =>
  new Client(service.url, { transports: transport, extraHeaders: { Cookie: cookie } });

test('the token in the configured cookie', async () => {
  for (const transport of transports) {
    const client = withCookie(`theme=dark; office-token=${operator(17)}; lang=ru`, transport);
    assert.equal((await client.connected()).userId, 17);
  }
});

test('a bad token in the cookie is refused; a cookie with another name is ignored', async () => {
  for (const transport of transports) {
    const error = await withCookie('office-token=nonsense', transport).refused();
    assert.equal(error.data.code, 'token_invalid');
    const waiting = await withCookie(`token=${operator(17)}; xoffice-token=${operator(17)}`, transport).open();
    assert.deepEqual(await waiting.ask('authenticate', { token: operator(18) }), { success: true });
    assert.equal((await waiting.connected()).userId, 18);
  }
});

test('the token in the auth payload takes precedence over the cookie', async () => {
  const client = new Client(service.url, {
    transports: ['websocket'],
    auth: { token: operator(19) },
    extraHeaders: { Cookie: `office-token=${operator(17)}` },
  });
  assert.equal((await client.connected()).userId, 19);
});

test('pages of configured origins can use polling and WebSocket, others get 403', async () => {
  const upgrade = (Origin) => new RawWebSocket(service, { headers: { Origin } }).answered;
  for (const origin of [...ORIGINS, service.url]) {
    const answer = await request(service.url + POLLING, { headers: { Origin: origin } });
    assert.equal(answer.status, 200, origin);
    if (origin !== service.url) assert.equal(answer.headers['access-control-allow-origin'], origin);
    assert.equal(await upgrade(origin), 101, origin);
  }
  for (const origin of FOREIGN) {
    const answer = await request(service.url + POLLING, { headers: { Origin: origin } });
    assert.equal(answer.status, 403, origin);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
    assert.equal(await upgrade(origin), 403, origin);
  }
});

test('the preflight of a polling client\'s POST', async () => {
  const preflight = (origin) => request(service.url + POLLING, {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
  });
  const allowed = await preflight(ORIGINS[0]);
  assert.ok([200, 204].includes(allowed.status), String(allowed.status));
  assert.equal(allowed.headers['access-control-allow-origin'], ORIGINS[0]);
  assert.match(allowed.headers['access-control-allow-methods'], /POST/);
  assert.equal((await preflight(FOREIGN[0])).headers['access-control-allow-origin'], undefined);
});

test('REST: preflight and answer name the configured origin, and no other', async () => {
  const url = `${service.url}/api/v1/broadcast/call-new`;
  const preflight = (origin) => request(url, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,authorization,x-webhook-token,idempotency-key',
    },
  });
  const body = { token: WEBHOOK_TOKEN, call: { id: 1 }, rooms: ['order:none'] };
  for (const origin of ORIGINS) {
    const answer = await preflight(origin);
    assert.ok([200, 204].includes(answer.status), `${answer.status} ${answer.text}`);
    assert.equal(answer.headers['access-control-allow-origin'], origin);
    assert.match(answer.headers['access-control-allow-methods'], /POST/);
    for (const header of ['content-type', 'authorization', 'x-webhook-token', 'idempotency-key']) {
      assert.match(answer.headers['access-control-allow-headers'].toLowerCase(), new RegExp(header));
    }
    const posted = await request(url, { body, headers: { Origin: origin } });
    assert.equal(posted.status, 200, posted.text);
    assert.equal(posted.headers['access-control-allow-origin'], origin);
    assert.match(posted.headers.vary ?? '', /origin/i);
    const stats = await request(`${service.url}/api/v1/stats/connections`, { headers: { Origin: origin } });
    assert.equal(stats.headers['access-control-allow-origin'], origin);
  }
  for (const origin of FOREIGN) {
    assert.equal((await preflight(origin)).headers['access-control-allow-origin'], undefined, origin);
    const posted = await request(url, { body, headers: { Origin: origin } });
    assert.equal(posted.headers['access-control-allow-origin'], undefined, origin);
  }
});
