// With recovery off, every frame is as before recovery existed; and such an instance next to one with recovery, as in a
// rolling upgrade.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { accepted, unique } from '../support/http.mjs';
import { Numbers } from '../support/numbers.mjs';
import { RawPolling, RawWebSocket } from '../support/raw.mjs';
import { Relay } from '../support/relay.mjs';
import { RECOVERING, Tab } from '../support/tab.mjs';
import { operator, sign } from '../support/tokens.mjs';

const MINUTES = { timeout: 120_000 };

let cluster;
let off;
let on;
before(async () => {
  cluster = await Cluster.start(1, { REALTIME_RECOVERY_ENABLED: 'false' });
  await cluster.add({ REALTIME_RECOVERY_ENABLED: 'true' });
  [off, on] = cluster.instances;
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

/** Masks ids and times. */
const masked = (message) => message
  .replace(/"(sid|socketId)":"[^"]+"/g, '"$1":"*"')
  .replace(/"timestamp":"[^"]+"/g, '"timestamp":"*"');

const WHO = '"userId":"off","role":"operator","name":"Анна"';
const ROOMS = '"rooms":["user:off","operators","operator:off","city:Саратов"]';
const TOKEN = () => sign({ userId: 'off', role: 'operator', name: 'Анна', cities: ['Саратов'] });
const OPEN = '"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';

/** What a client sends or a service posts, and the frames that follow, as before recovery. */
const CONVERSATION = [
  [{ say: '421["join-room",{"room":"order:7"}]' }, '431[{"success":true,"room":"order:7"}]'],
  [{ post: ['call-new', { call: { id: 1, phoneClient: '+7' }, rooms: ['order:7', 'operators'] }] }, '42["call:new",{"id":1,"phoneClient":"+7"}]'],
  [{ say: '422["join-room",{"room":"directors"}]' },
    '432[{"success":false,"error":{"code":"room_forbidden","message":"You may not join this room."}}]'],
  [{ post: ['notification', { notification: { type: 'info', message: 'Обед' }, userId: 'off' }] },
    '42["notification",{"type":"info","message":"Обед","timestamp":"*"}]'],
  [{ say: '423["leave-room",{"room":"order:7"}]' }, '433[{"success":true,"room":"order:7"}]'],
  [{ post: ['order-new', { order: { id: 8, city: 'Саратов' } }] }, '42["order:new",{"id":8,"city":"Саратов"}]'],
  [{ say: '42["join-room",{"room":5}]' },
    '42["error",{"code":"payload_invalid","message":"This event takes { room }, a string."}]'],
  [{ say: () => `424["authenticate",{"token":"${TOKEN()}"}]` }, '434[{"success":true}]'],
];

async function converse(raw, opening) {
  const expected = [...opening];
  const caughtUp = () => raw.message({ test: () => raw.messages.length >= expected.length, toString: () => expected.at(-1) });
  await caughtUp();
  for (const [{ say, post }, answer] of CONVERSATION) {
    if (say) raw.send(typeof say === 'function' ? say() : say);
    else await accepted(off, ...post);
    expected.push(answer);
    await caughtUp();
  }
  assert.deepEqual(raw.messages.map(masked), expected);
}

for (const [auth, what] of [[{}, 'a token'], [{ pid: 5, offset: {} }, 'a token and members of the client\'s own']]) {
  test(`WebSocket, CONNECT with ${what}: the frames of before`, MINUTES, async () => {
    const raw = await RawWebSocket.open(off);
    raw.send(`40${JSON.stringify({ token: TOKEN(), ...auth })}`);
    await converse(raw, [`0{"sid":"*","upgrades":[],${OPEN}`, '40{"sid":"*"}', `42["connected",{${WHO},"socketId":"*",${ROOMS}}]`]);
  });
}

test('polling, with a token by header: the frames of before', MINUTES, async () => {
  const raw = await RawPolling.open(off, { headers: { Authorization: `Bearer ${TOKEN()}` } });
  raw.send('40');
  await converse(raw, [`0{"sid":"*","upgrades":["websocket"],${OPEN}`, '40{"sid":"*"}', `42["connected",{${WHO},"socketId":"*",${ROOMS}}]`]);
});

test('authenticate after CONNECT: the frames of before', MINUTES, async () => {
  const raw = await RawWebSocket.open(off);
  raw.send('40');
  await raw.message(/^40/);
  raw.send(`429["authenticate",{"token":"${TOKEN()}"}]`);
  await converse(raw, [
    `0{"sid":"*","upgrades":[],${OPEN}`, '40{"sid":"*"}', `42["connected",{${WHO},"socketId":"*",${ROOMS}}]`, '439[{"success":true}]',
  ]);
});

test('a bad token: the frame of before', MINUTES, async () => {
  const raw = await RawWebSocket.open(off);
  raw.send('40{"token":"no.token.atall"}');
  // The order of members is not specified.
  const answer = await raw.message(/^4[04]/);
  assert.equal(answer.slice(0, 2), '44');
  assert.deepEqual(JSON.parse(answer.slice(2)), { message: 'The token is not valid.', data: { code: 'token_invalid' } });
});

for (const instance of ['off', 'on']) {
  test(`revision 3, recovery ${instance}: the frames of before`, MINUTES, async () => {
    const service = instance === 'off' ? off : on;
    const path = '/socket.io/?EIO=3&transport=websocket';
    const raw = await RawWebSocket.open(service, { path, headers: { Authorization: `Bearer ${TOKEN()}` } });
    await converse(raw, [`0{"sid":"*","upgrades":[],${OPEN}`, '40', `42["connected",{${WHO},"socketId":"*",${ROOMS}}]`]);
  });
}

for (const [version, client] of Object.entries(RECOVERING)) {
  test(`socket.io-client ${version}, from an instance with recovery to one that knows no pid, and back: a new session each time, and nothing worse`, MINUTES, async () => {
    const userId = unique('mixed');
    const relay = await Relay.to(on.port);
    onClose(() => relay.close());
    const tab = await Tab.open(relay, operator(userId), { client });
    const numbers = new Numbers(on, [`operator:${userId}`]);
    const expected = [];
    for (const [nth, target] of [[2, off], [3, off], [4, on], [5, on]]) {
      expected.push(...await numbers.post(3));
      await tab.hasAll(numbers, expected);
      relay.target = target.port;
      relay.cut();
      await tab.away();
      const missed = await numbers.post(3);
      relay.mend();
      await tab.back(nth);
      const { recovered } = tab.greeting(nth);
      if (nth === 5) {
        // Between two connections to the same kind it recovers again.
        tab.assertRecovered(nth);
        expected.push(...missed);
      } else {
        assert.ok(!tab.lives[nth - 1].recovered);
        assert.equal(recovered, target === on ? false : undefined);
        assert.equal(tab.eventsOf(nth)[0].name, 'connected');
      }
    }
    expected.push(...await numbers.post(3));
    await tab.hasAll(numbers, expected);
    assert.deepEqual(tab.connectErrors.filter(({ data }) => data), []);
  });
}
