// Administrators who read the history of large events must not affect an honest socket and service.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { testsOf } from '../support/harness.mjs';
import { Honest } from '../support/honest.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { remember } from '../support/memory.mjs';
import { SMALL_HEAP, ownService } from '../support/service.mjs';
import { ADMIN_API_SECRET, adminToken } from '../support/tokens.mjs';

const MINUTE = { timeout: 90_000 };
const LARGE = 60;
const READERS = 30;

let service;
before(async () => {
  ({ service } = await ownService({ ADMIN_API_SECRET }, { flags: SMALL_HEAP }));
});
const test = testsOf(() => service);

const admin = (path) => request(`${service.url}/api/v1/admin/${path}`, {
  headers: { Authorization: `Bearer ${adminToken('viewer')}` }, timeoutMs: 30_000,
});

test('many concurrent viewers request 500 large events, or use a filter without matches', MINUTE, async () => {
  const text = 'x'.repeat(240_000);
  const ids = [];
  for (let n = 0; n < LARGE; n++) {
    ids.push((await accepted(service, 'notification', {
      notification: { message: unique('large'), text }, rooms: ['order:large'],
    })).id);
  }
  const back = await remember(service);
  const honest = await Honest.start(service);
  const answers = await Promise.all(Array.from({ length: READERS }, (_, n) => admin(n % 2 ? 'events?count=500' : 'events?room=order:none')));
  for (const { status, text: body, json } of answers) {
    assert.ok(status === 200 || status === 503 && json.code === 'overloaded', `${status} ${body.slice(0, 200)}`);
    assert.ok(body.length < 1_500_000, `an answer of ${body.length} bytes`);
  }
  assert.ok(answers.some(({ status }) => status === 200));
  await honest.check();

  // Following short pages to the end loses nothing.
  const found = [];
  let place = '';
  let pages = 0;
  do {
    const { status, json } = await admin(`events?count=500&room=order:large&before=${place}`);
    assert.equal(status, 200);
    found.push(...json.items.map(({ id }) => id));
    place = json.before;
    pages++;
  } while (place && pages < 50);
  assert.deepEqual(found, [...ids].reverse());
  assert.ok(pages > 10, `${pages} pages`);
  await back();
});
