// Configured services with their own tokens, events and rates.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { join } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { request, unique } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { ownService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';

const CALLS = 'the-token-of-the-calls-service-1';
const CALLS_NEXT = 'the-token-of-the-calls-service-2';
const SLOW = 'the-token-of-a-slow-service-000';

let service;
let redis;
before(async () => {
  ({ service, redis } = await ownService({}, { args: [
    `--realtime.webhook.services.calls.tokens=${CALLS},${CALLS_NEXT}`,
    '--realtime.webhook.services.calls.events=call:new,call:ended',
    `--realtime.webhook.services.slow.tokens=${SLOW}`,
    '--realtime.webhook.services.slow.rate=1',
    '--realtime.webhook.services.slow.burst=3',
  ] }));
});
const test = testsOf(() => service);

const post = (path, body, headers) => request(`${service.url}/api/v1/broadcast/${path}`, { body, headers });
const order = (token) => ({ token, order: { id: 1 } });

test('both tokens are valid, in the body and in headers, and so is the webhook token', async () => {
  const client = await join(service, operator(17));
  for (const token of [CALLS, CALLS_NEXT, WEBHOOK_TOKEN]) {
    for (const [inBody, headers] of [[{ token }, {}], [{}, { 'X-Webhook-Token': token }], [{}, { Authorization: `Bearer ${token}` }]]) {
      const id = unique('call');
      const answer = await post('call-new', { ...inBody, call: { id } }, headers);
      assert.equal(answer.status, 200, answer.text);
      await client.event('call:new', (call) => call.id === id);
    }
  }
  assert.equal((await post('call-new', { token: `${CALLS}x`, call: { id: 1 } })).status, 401);
});

test('an event that is not the service\'s is 403, by a token in the body and in a header', async () => {
  for (const answer of [
    await post('order-new', order(CALLS)),
    await post('order-new', order(undefined), { 'X-Webhook-Token': CALLS_NEXT }),
    await post('order-new', order(WEBHOOK_TOKEN), { Authorization: `Bearer ${CALLS}` }),
  ]) {
    assert.equal(answer.status, 403, answer.text);
    assert.equal(answer.json.code, 'event_forbidden');
  }
  assert.equal((await post('order-new', order(WEBHOOK_TOKEN))).status, 200);
});

test('events beyond the rate are 429 with Retry-After, and others are not affected', async () => {
  const answers = [];
  for (let i = 0; i < 6; i++) answers.push(await post('order-new', order(SLOW)));
  assert.deepEqual(answers.slice(0, 3).map(({ status }) => status), [200, 200, 200]);
  const refused = answers.at(-1);
  assert.equal(refused.status, 429, refused.text);
  assert.equal(refused.json.code, 'too_many_events');
  assert.equal(refused.headers['retry-after'], '1');
  assert.equal((await post('order-new', order(WEBHOOK_TOKEN))).status, 200);
});

test('metrics and the stream contain the name but no token; statistics are readable', async () => {
  const { json } = await post('call-ended', { token: CALLS, call: { id: 'named' } });
  assert.ok(await metric(service, 'realtime_broadcast_accepted_total', 'event="call:ended",service="calls"') >= 1);
  assert.match(await redis.answerTo('tests', 'XRANGE', 'events', json.id, json.id), /calls/);
  const stats = await request(`${service.url}/api/v1/stats/connections`, { headers: { Authorization: `Bearer ${CALLS_NEXT}` } });
  assert.ok(Array.isArray(stats.json.data.connections));
  for (const token of [CALLS, CALLS_NEXT, SLOW]) assert.ok(!service.output.includes(token));
});
