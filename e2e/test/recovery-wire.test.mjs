// Recovery on the wire: CONNECT and its answer, the order of frames, and the contents of a replay.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { testsOf } from '../support/harness.mjs';
import { accepted, request } from '../support/http.mjs';
import { counting } from '../support/metrics.mjs';
import { RawPolling, RawWebSocket } from '../support/raw.mjs';
import { Visit, newcomer } from '../support/recovering.mjs';
import { sharedService } from '../support/service.mjs';
import { POSITION, idOf, isAfter } from '../support/tab.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

/** Asserts that this CONNECT started a new session. */
async function isNew(visit, old) {
  assert.match(visit.answer, /^40\{/);
  assert.notEqual(visit.pid, old.pid);
  assert.notEqual(visit.sid, old.sid);
  await visit.connected();
  assert.equal(visit.events[0][0], 'connected');
  assert.equal(visit.greeting.recovered, false);
}

function isRecovered(visit, old) {
  assert.deepEqual([visit.sid, visit.pid], [old.sid, old.pid]);
}

test('a new session: CONNECT with sid and pid, then connected with the head position, then events with theirs', async () => {
  const { userId, token, post } = newcomer(service);
  const visit = await Visit.welcome(service, { token });
  assert.match(visit.pid, /^[\w-]{20,40}$/);
  const [[name, greeting, head]] = visit.events;
  assert.equal(name, 'connected');
  assert.deepEqual(greeting, {
    userId, role: 'operator', name: `Operator ${userId}`, socketId: visit.sid, rooms: greeting.rooms, recovered: false, position: head,
  });
  assert.match(head, POSITION);
  const [id, streamId] = await post();
  const event = await visit.call(id);
  assert.deepEqual(event.slice(0, 2), ['call:new', { id }]);
  assert.equal(idOf(event[2]), streamId);
  assert.ok(isAfter(event[2], head));
  const joined = await visit.ask('join-room', { room: `order:${userId}` });
  assert.match(joined.position, POSITION);
  assert.deepEqual(joined, { success: true, room: `order:${userId}`, position: joined.position });
  assert.ok(!isAfter(event[2], joined.position));
});

for (const kind of ['websocket', 'polling']) {
  test(`${kind}: a recovered session: CONNECT with the same two, the missed events, connected, live ones`, async () => {
    const { token, post } = newcomer(service);
    // The witness shows what the instance has read; later events are live for returning clients.
    const witness = await Visit.welcome(service, { token });
    const first = await Visit.welcome(service, { token });
    const [seen] = await post();
    const { 2: offset } = await first.call(seen);
    await first.cut();
    const missed = [(await post())[0], (await post())[0], (await post())[0]];
    await witness.call(missed.at(-1));
    const second = await Visit.welcome(service, { pid: first.pid, offset, token }, kind === 'polling' ? { kind: RawPolling } : {});
    isRecovered(second, first);
    const [live] = await post();
    await second.call(live);
    assert.deepEqual(second.events.map(([name, { id }]) => id ?? name), [...missed, 'connected', live]);
    // None before the answer to CONNECT, which a cut connection may never see.
    assert.match(second.raw.messages[0], /^0\{/);
    assert.match(second.raw.messages[1], /^40\{/);
    const { recovered, position, socketId } = second.greeting;
    assert.deepEqual([recovered, socketId], [true, first.sid]);
    assert.equal(second.events[3][2], position);
    assert.ok(!isAfter(second.events[2][2], position));
    assert.ok(isAfter(second.events[4][2], position));
  });
}

test('cut during the replay: the next connection continues after the last received event', async () => {
  const { token, post } = newcomer(service);
  const first = await Visit.welcome(service, { token });
  await first.cut();
  const missed = [];
  for (let n = 0; n < 5; n++) missed.push((await post())[0]);
  const second = await Visit.welcome(service, { pid: first.pid, offset: first.offset, token });
  await second.cut();
  // As if only two events had arrived.
  const third = await Visit.welcome(service, { pid: first.pid, offset: second.events[1][2], token });
  isRecovered(third, first);
  await third.got(missed.slice(2));
  assert.equal(third.greeting.recovered, true);
});

test('an offset is valid whether or not its event was for this client', async () => {
  const { token, post } = newcomer(service);
  const first = await Visit.welcome(service, { token });
  await first.cut();
  const [passed] = await post();
  const [, streamId] = await post(['order:of-somebody-else']);
  const [missed] = await post();
  const [epoch] = first.offset.split('-');
  const back = await Visit.welcome(service, { pid: first.pid, offset: `${epoch}-${streamId}`, token });
  isRecovered(back, first);
  await back.got([missed]);
});

test('no offset yet: everything since the birth of the session', async () => {
  const { token, post } = newcomer(service);
  await post();
  const first = await Visit.welcome(service, { token });
  const [seen] = await post();
  await first.call(seen);
  await first.cut();
  const [missed] = await post();
  const second = await Visit.welcome(service, { pid: first.pid, token });
  isRecovered(second, first);
  await second.got([seen, missed]);
});

test('the offset of an older session: nothing from before the birth of the new one', async () => {
  const { token, post } = newcomer(service);
  const old = await Visit.welcome(service, { token });
  const [seen] = await post();
  const { 2: offset } = await old.call(seen);
  old.raw.send('41');
  const [between] = await post();
  // For everybody, so that rooms do not matter.
  await accepted(service, 'notification', { notification: { type: 'info', message: 'between' } });
  const fresh = await Visit.welcome(service, { token });
  await fresh.cut();
  const [missed] = await post();
  const back = await Visit.welcome(service, { pid: fresh.pid, offset, token });
  isRecovered(back, fresh);
  assert.deepEqual(back.events.map(([name, { id }]) => id ?? name), [missed, 'connected'], `${between} was before the session`);
});

const NONSENSE = [
  ['a number as pid', { pid: 5 }], ['an object as pid', { pid: { $gt: '' } }], ['a list as pid', { pid: ['x'] }], ['true as pid', { pid: true }],
  ['a text of any length as pid', { pid: 'x'.repeat(5_000) }],
  ['a number as offset', { offset: 7 }], ['an object as offset', { offset: {} }], ['a list as offset', { offset: ['x'] }],
  ['a text of any length as offset', { offset: '9'.repeat(5_000) }],
];
for (const [what, wrong] of NONSENSE) {
  test(`${what} is a bad CONNECT with a code`, async () => {
    const { token } = newcomer(service);
    const first = await Visit.welcome(service, { token });
    await first.cut();
    const visit = await Visit.open(service, { pid: first.pid, offset: first.offset, token, ...wrong });
    assert.match(visit.answer, /^44\{/);
    assert.equal(visit.data.code, 'payload_invalid');
    assert.ok(!visit.answer.includes(first.pid));
    // The session is unharmed.
    isRecovered(await Visit.welcome(service, { pid: first.pid, offset: first.offset, token }), first);
  });
}

test('a forged pid or offset: a new session, counted with its reason', async () => {
  const { token, post } = newcomer(service);
  const first = await Visit.welcome(service, { token });
  await post();
  const [epoch, ms, sequence] = first.offset.split('-');
  const wrong = {
    unknown: [{ pid: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' }, { pid: '' }, { pid: 'ж\u0000\n' }],
    epoch: [{ offset: `${epoch}-${Number(ms) + 3_600_000}-0` }],
    position_invalid: [
      { offset: 'some text of another server' }, { offset: `${epoch}-${ms}-${sequence}-1` }, { offset: '' },
      { offset: `${epoch}-99999999999999999999-0` },
    ],
  };
  for (const [reason, auths] of Object.entries(wrong)) {
    for (const auth of auths) {
      const own = await Visit.welcome(service, { token });
      await own.cut();
      await counting(service, 'realtime_recovery_refused', `reason="${reason}"`, async () => {
        const visit = await Visit.open(service, { pid: own.pid, offset: own.offset, token, ...auth });
        await isNew(visit, own);
        await visit.cut();
      });
    }
  }
});

test('another user\'s pid is useless, and its owner can still recover', async () => {
  const [owner, thief] = [newcomer(service), newcomer(service)];
  const first = await Visit.welcome(service, { token: owner.token });
  await first.cut();
  const [missed] = await owner.post();
  const stolen = await Visit.open(service, { pid: first.pid, offset: first.offset, token: thief.token });
  await isNew(stolen, first);
  assert.deepEqual([stolen.greeting.userId, stolen.calls], [thief.userId, []]);
  const back = await Visit.welcome(service, { pid: first.pid, offset: first.offset, token: owner.token });
  isRecovered(back, first);
  await back.got([missed]);
});

test('a token in a header counts like one in auth', async () => {
  const { token, post } = newcomer(service);
  const headers = { Authorization: `Bearer ${token}` };
  const first = await Visit.welcome(service, {}, { headers });
  await first.cut();
  const [missed] = await post();
  const back = await Visit.welcome(service, { pid: first.pid, offset: first.offset }, { headers });
  isRecovered(back, first);
  await back.got([missed]);
});

test('a live pid is taken over: the old connection is closed silently, and its end has no effect', async () => {
  const { token, userId, post } = newcomer(service);
  for (const [kind, options] of [['websocket', {}], ['polling', { kind: RawPolling }]]) {
    let current = await Visit.welcome(service, { token }, options);
    for (let n = 0; n < 3; n++) {
      const [missed] = await post();
      const next = await Visit.welcome(service, { pid: current.pid, offset: current.events[0][2], token }, options);
      isRecovered(next, current);
      if (kind === 'websocket') await current.raw.closed;
      assert.doesNotMatch(current.raw.messages.join(' '), /^41|"error"/, 'what the old connection was told');
      const [live] = await post();
      await next.call(live);
      assert.deepEqual(next.calls.slice(-2), [missed, live]);
      current = next;
    }
    const sockets = async () => (await request(`${service.url}/api/v1/stats/connections?user=${userId}`,
      { headers: { 'X-Webhook-Token': WEBHOOK_TOKEN } })).json.data.connections;
    await until('the old ones to be gone', async () => (await sockets()).length === 1);
    assert.equal((await sockets())[0].socketId, current.sid);
    await current.cut();
  }
});

test('an expired token is refused on return too, and a fresh one recovers', async () => {
  const { userId, token } = newcomer(service);
  const first = await Visit.welcome(service, { token });
  await first.cut();
  const expired = operator(userId, { exp: Math.floor(Date.now() / 1000) - 60 });
  const refused = await Visit.open(service, { pid: first.pid, offset: first.offset, token: expired });
  assert.match(refused.answer, /^44\{/);
  assert.equal(refused.data.code, 'token_expired');
  isRecovered(await Visit.welcome(service, { pid: first.pid, offset: first.offset, token }), first);
});

test('an offset from before Redis lost its data: the new session replays from its birth', async () => {
  const { token, post } = newcomer(service);
  const first = await Visit.welcome(service, { token });
  await first.cut();
  const [missed] = await post();
  const [, ms, sequence] = first.offset.split('-');
  const back = await Visit.welcome(service, { pid: first.pid, offset: `zzzzzz-${ms}-${sequence}`, token });
  isRecovered(back, first);
  await back.got([missed]);
});

test('many concurrent connections with one pid: one recovers, the others are closed silently', async () => {
  const { token, post } = newcomer(service);
  const first = await Visit.welcome(service, { token });
  await first.cut();
  const raws = await Promise.all(Array.from({ length: 8 }, () => RawWebSocket.open(service)));
  for (const raw of raws) raw.send(`40${JSON.stringify({ pid: first.pid, offset: first.offset, token })}`);
  const open = () => raws.filter(({ socket }) => socket.readyState === socket.OPEN);
  await until('all but one to be ended', () => open().length === 1);
  const [last] = open();
  const visit = new Visit(last, await last.message(/^4[04]/));
  isRecovered(visit, first);
  const [live] = await post();
  await visit.got([live]);
  for (const { messages } of raws) assert.doesNotMatch(messages.join(' '), /"error"|^4[14]/);
});
