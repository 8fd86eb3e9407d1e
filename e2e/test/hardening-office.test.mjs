// An office of 500 people behind one address: identified people count individually, silent strangers count for the
// address.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { testsOf } from '../support/harness.mjs';
import { Honest } from '../support/honest.mjs';
import { unique } from '../support/http.mjs';
import { counting } from '../support/metrics.mjs';
import { heldBytes } from '../support/memory.mjs';
import { RawWebSocket, connect } from '../support/raw.mjs';
import { SMALL_HEAP, ownService } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

const PEOPLE = 500;
const SILENT = 50;
const OFFICE = { 'X-Forwarded-For': '203.0.113.7' };
const STREET = { 'X-Forwarded-For': '198.51.100.9' };

let service;
before(async () => {
  ({ service } = await ownService({
    REALTIME_TRUSTED_PROXIES: '127.0.0.1',
    // A machine that runs both sides is slower than an office.
    REALTIME_LIMITS_UNIDENTIFIEDAFTER: '8s',
  }, { flags: SMALL_HEAP }));
});
const test = testsOf(() => service);
const range = (n) => Array.from({ length: n }, (_, i) => i);
const soon = () => Math.floor(Date.now() / 1000) + 25;

/** Connects a person; resolves with the answer to the CONNECT. */
async function arrive(person, token) {
  person.socket = new RawWebSocket(service, { headers: OFFICE });
  assert.equal(await person.socket.answered, 101);
  person.socket.send(`40${JSON.stringify({ token })}`);
  const answer = await within(40_000, 'the answer to CONNECT', person.socket.message(/^4[04]/));
  assert.match(answer, /^40/, answer);
}

test('500 people behind one address connect, reconnect and renew their tokens all at once', { timeout: 240_000 }, async (t) => {
  const honest = await Honest.start(service);
  const people = range(PEOPLE).map((n) => ({ id: unique(`office${n}`) }));
  await Promise.all(people.map((person) => arrive(person, operator(person.id))));

  people.forEach(({ socket }) => socket.close());
  const exp = soon();
  await Promise.all(people.map((person) => arrive(person, operator(person.id, { exp }))));

  // All tokens expire together; the stock client reconnects with the old one, is refused, and gets a fresh one.
  await Promise.all(people.map(({ socket }) => within(60_000, 'the end by expiry', socket.closed)));
  for (const { socket } of people) assert.ok(socket.messages.some((message) => message.includes('"token_expired"')));
  await Promise.all(people.map(async (person) => {
    person.socket = new RawWebSocket(service, { headers: OFFICE });
    assert.equal(await person.socket.answered, 101);
    person.socket.send(`40${JSON.stringify({ token: operator(person.id, { exp }) })}`);
    await person.socket.message(/^44.*"token_expired"/);
    person.socket.send(`40${JSON.stringify({ token: operator(person.id) })}`);
    await within(40_000, 'the answer to the second CONNECT', person.socket.message(/^40/));
  }));
  people.forEach(({ socket }) => assert.equal(socket.socket.readyState, 1));
  t.diagnostic(`the longest post took ${(await honest.check()).longestMs} ms`);
  assert.ok((await heldBytes(service)) < 100_000);
});

test('50 silent connections fill their own address and no other', { timeout: 60_000 }, () =>
  counting(service, 'realtime_engine_refused', 'error="too_many_sessions"', async () => {
    const silent = range(SILENT).map(() => new RawWebSocket(service, { headers: STREET }));
    for (const one of silent) assert.equal(await one.answered, 101);
    await until('a refusal', async () => {
      const one = new RawWebSocket(service, { headers: STREET });
      const answered = await one.answered;
      one.close();
      return answered === 429;
    }, { timeoutMs: 20_000, everyMs: 100 });
    await arrive({}, operator(unique('colleague')));
  }));

test('endless wrong tokens cost their connections; a valid token from the same address is never refused', { timeout: 60_000 }, () =>
  counting(service, 'realtime_sockets_closed', 'code="too_many_messages"', async () => {
    for (const _ of range(30)) {
      const one = new RawWebSocket(service, { headers: OFFICE });
      assert.equal(await one.answered, 101);
      assert.match(await connect(one, { token: `${operator('7')}x` }), /^44.*token_invalid/);
      one.close();
      await arrive({}, operator(unique('colleague')));
    }
  }));
