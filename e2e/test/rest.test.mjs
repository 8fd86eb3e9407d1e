// The broadcast API: permissions, refusals, retries, statistics, odd bytes, keep-alive.
import assert from 'node:assert/strict';
import http from 'node:http';
import { before } from 'node:test';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, broadcast, request, unique } from '../support/http.mjs';
import { RawPolling, RawWebSocket, connect } from '../support/raw.mjs';
import { sharedService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, director, operator, sign } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

const post = (path, body, headers) => request(`${service.url}/api/v1/broadcast/${path}`, { body, headers });
const get = (path, headers) => request(`${service.url}${path}`, { headers });
const bearer = (token) => ({ Authorization: `Bearer ${token}` });

/** Asserts a refusal with this status and problem details. */
function problem(answer, status, what) {
  assert.equal(answer.status, status, `${what ?? ''}: ${answer.status} ${answer.text}`);
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/, what);
  assert.equal(answer.json.status, status);
  return answer.json;
}

test('the token is taken from the body, from Authorization, from X-Webhook-Token', async () => {
  const call = { id: 1 };
  for (const [body, headers] of [
    [{ token: WEBHOOK_TOKEN, call }, {}],
    [{ call }, bearer(WEBHOOK_TOKEN)],
    [{ call }, { 'X-Webhook-Token': WEBHOOK_TOKEN }],
  ]) {
    const answer = await post('call-new', body, headers);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.success, true);
  }
});

test('a missing or wrong token is 401, wherever it is sent', async () => {
  const call = { id: unique() };
  const client = await join(service, operator(17));
  for (const [body, headers] of [
    [{ call }, {}],
    [{ token: null, call }, {}],
    [{ token: '', call }, {}],
    [{ token: 17, call }, {}],
    [{ token: `${WEBHOOK_TOKEN}x`, call }, {}],
    [{ token: WEBHOOK_TOKEN.slice(0, -1), call }, {}],
    [{ call }, bearer('wrong')],
    [{ call }, { 'X-Webhook-Token': 'wrong' }],
    [{ call: { ...call, token: WEBHOOK_TOKEN } }, {}],
    [{ call }, bearer(operator(17))],
  ]) {
    const answer = await post('call-new', body, headers);
    const json = problem(answer, 401, JSON.stringify([body, headers]));
    assert.ok(!JSON.stringify(json).includes(WEBHOOK_TOKEN));
  }
  await settled(service, client);
  assert.deepEqual(client.broadcasts(), []);
});

const invalid = {
  'call-new': [
    [{}, 'call'],
    [{ call: null }, 'call'],
    [{ call: [] }, 'call'],
    [{ call: 'x' }, 'call'],
    [{ call: {} }, 'call.id'],
    [{ call: { id: null } }, 'call.id'],
    [{ call: { id: '' } }, 'call.id'],
    [{ call: { id: 1.5 } }, 'call.id'],
    [{ call: { id: true } }, 'call.id'],
    [{ call: { id: {} } }, 'call.id'],
    [{ call: { id: 1, phoneClient: 79001112233 } }, 'call.phoneClient'],
    [{ call: { id: 1, status: {} } }, 'call.status'],
    [{ call: { id: 1 }, rooms: 'operators' }, 'rooms'],
    [{ call: { id: 1 }, rooms: {} }, 'rooms'],
    [{ call: { id: 1 }, rooms: ['operators', 'managers'] }, 'rooms[1]'],
    [{ call: { id: 1 }, rooms: [5] }, 'rooms[0]'],
    [{ call: { id: 1 }, rooms: ['city:'] }, 'rooms[0]'],
  ],
  'order-new': [
    [{}, 'order'],
    [{ order: {} }, 'order.id'],
    [{ order: { id: 1, city: 5 } }, 'order.city'],
    [{ order: { id: 1, clientName: [] } }, 'order.clientName'],
  ],
  'order-master-assigned': [
    [{}, 'orderId'],
    [{ orderId: '' }, 'orderId'],
    [{ orderId: 1, masterName: 5 }, 'masterName'],
  ],
  'order-status-changed': [
    [{ newStatus: 'x' }, 'orderId'],
    [{ orderId: 1, newStatus: {} }, 'newStatus'],
  ],
  notification: [
    [{}, 'notification'],
    [{ notification: {} }, 'notification.message'],
    [{ notification: { message: 5 } }, 'notification.message'],
    [{ notification: { message: 'x', severity: 'fatal' } }, 'notification.severity'],
    [{ notification: { message: 'x', severity: 1 } }, 'notification.severity'],
    [{ notification: { message: 'x', type: 1 } }, 'notification.type'],
    [{ notification: { message: 'x' }, userId: {} }, 'userId'],
    [{ notification: { message: 'x' }, userId: '' }, 'userId'],
  ],
};
for (const [path, cases] of Object.entries(invalid)) {
  test(`${path}: an invalid body is 400 and names the field`, async () => {
    for (const [body, field] of cases) {
      const json = problem(await broadcast(service, path, body), 400, JSON.stringify(body));
      assert.ok(JSON.stringify(json).includes(`"${field}"`), `${field} in ${JSON.stringify(json)}`);
    }
  });
}

test('ids are texts or integers of any size; all severities are accepted', async () => {
  for (const id of ['"x"', '0', '-5', '123456789012345678901234567890']) {
    const answer = await post('call-new', `{"token":"${WEBHOOK_TOKEN}","call":{"id":${id}}}`);
    assert.equal(answer.status, 200, `${id}: ${answer.text}`);
  }
  for (const severity of ['info', 'success', 'warning', 'error']) {
    await accepted(service, 'notification', { notification: { message: 'x', severity } });
  }
});

test('a body that is not a JSON object is 400, even without a token', async () => {
  for (const body of ['', '{', '[]', '"x"', 'null', '17', 'token=x', '{"call":{"id":1}} x', '{"call":{"id":01}}', '{"call":{"id":1},}']) {
    problem(await post('call-new', body), 400, body);
  }
  problem(await post('call-new', `${'['.repeat(100_000)}`), 400, 'depth');
});

test('invalid UTF-8 is 400 and reaches nobody', async () => {
  const client = await join(service, operator(17));
  const wrong = [[0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80], [0xff], [0xe2, 0x82], [0x80], [0xe0, 0x80, 0xaf]];
  for (const bytes of wrong) {
    for (const [before, after] of [
      [`{"token":"${WEBHOOK_TOKEN}","call":{"id":"`, '"}}'],
      [`{"token":"${WEBHOOK_TOKEN}","call":{"id":1,"more":"`, '"}}'],
      [`{"token":"${WEBHOOK_TOKEN}","call":{"id":1,"`, '":1}}'],
      [`{"token":"${WEBHOOK_TOKEN}","beside":"`, '","call":{"id":1}}'],
    ]) {
      const body = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
      problem(await post('call-new', body), 400, `${Buffer.from(bytes).toString('hex')} after ${before}`);
    }
  }
  await settled(service, client);
  assert.deepEqual(client.broadcasts(), []);
  assert.deepEqual(client.disconnects, []);
});

test('an escaped lone surrogate does not hurt a client', async () => {
  const client = await join(service, operator(17));
  const answer = await post('call-new', `{"token":"${WEBHOOK_TOKEN}","call":{"id":1,"x":"\\ud800"},"rooms":["operators"]}`);
  assert.ok([200, 400].includes(answer.status), answer.text);
  await settled(service, client);
  assert.deepEqual(client.disconnects, []);
});

test('an unknown event is 404; so is any other path', async () => {
  problem(await broadcast(service, 'call-lost', { call: { id: 1 } }), 404);
  problem(await broadcast(service, 'user-online', { userId: 1 }), 404);
  problem(await get('/api/v1/nothing', bearer(WEBHOOK_TOKEN)), 404);
});

test('another method is 405, another media type 415', async () => {
  problem(await get('/api/v1/broadcast/call-new', bearer(WEBHOOK_TOKEN)), 405);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
    const answer = await post('call-new', JSON.stringify({ token: WEBHOOK_TOKEN, call: { id: 1 } }), { 'Content-Type': type });
    problem(answer, 415, type);
  }
  const answer = await post('call-new', { token: WEBHOOK_TOKEN, call: { id: 1 } }, { 'Content-Type': 'application/json; charset=utf-8' });
  assert.equal(answer.status, 200, answer.text);
});

test('a body of more than a megabyte is 413, with or without a token; an event of 200 KB passes', async () => {
  const filled = (bytes) => JSON.stringify({ token: WEBHOOK_TOKEN, call: { id: 1, more: 'x'.repeat(bytes) }, rooms: ['order:none'] });
  problem(await post('call-new', filled(1_100_000)), 413);
  problem(await post('call-new', 'x'.repeat(1_100_000)), 413);
  assert.equal((await post('call-new', filled(200_000))).status, 200);
  const tooLong = await post('call-new', filled(300_000));
  assert.ok([400, 413].includes(tooLong.status), `an event of 300 KB: ${tooLong.status} ${tooLong.text}`);
});

test('20 MB sent to a path that refuses them: the answer arrives, and a socket keeps receiving', { timeout: 90_000 }, async () => {
  const clients = [await join(service, operator(17)), await join(service, operator(17), { transports: ['polling'] })];
  const huge = Buffer.alloc(20_000_000, 'x');
  const requests = [
    [{ 'Content-Length': String(huge.length) }, 413],
    [{ 'Transfer-Encoding': 'chunked' }, 413],
  ];
  let uploading = true;
  const uploads = Promise.all(requests.map(([headers]) => upload('/api/v1/broadcast/call-new', headers, huge)))
    .finally(() => { uploading = false; });
  let n = 0;
  while (uploading || n < 20) await accepted(service, 'call-new', { call: { id: n++ }, rooms: ['operators'] });
  for (const [i, status] of (await uploads).entries()) assert.equal(status, requests[i][1], JSON.stringify(requests[i][0]));
  assert.equal(await upload('/api/v1/nothing', { 'Content-Length': String(huge.length) }, huge) >= 400, true);
  await settled(service, ...clients);
  for (const client of clients) {
    assert.deepEqual(client.broadcasts().map(([, { id }]) => id), Array.from({ length: n }, (_, i) => i));
    assert.deepEqual(client.disconnects, []);
  }
});

/** Sends the body in pieces at the server's pace; resolves with the status. */
function upload(path, headers, bytes) {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(`${service.url}${path}`, {
      method: 'POST',
      agent: false,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    const piece = 64 * 1024;
    let at = 0;
    const go = () => {
      while (at < bytes.length) {
        const more = outgoing.write(bytes.subarray(at, at + piece));
        at += piece;
        if (!more) return void outgoing.once('drain', go);
      }
      outgoing.end();
    };
    go();
  });
}

const keyed = (path, fields, key) => broadcast(service, path, fields, { headers: { 'Idempotency-Key': key } });

test('Idempotency-Key: a retry returns the first id and creates no second event', async () => {
  const client = await join(service, operator(17));
  const fields = { call: { id: 'once' }, rooms: ['operators'] };
  const key = unique('key');
  const [first, second, third] = [await keyed('call-new', fields, key), await keyed('call-new', fields, key), await keyed('call-new', fields, key)];
  assert.deepEqual([first.status, second.status, third.status], [200, 200, 200]);
  assert.deepEqual(second.json, first.json);
  assert.deepEqual(third.json, first.json);
  await settled(service, client);
  assert.deepEqual(client.broadcasts(), [['call:new', { id: 'once' }]]);
});

test('Idempotency-Key: ten concurrent posts are one event, and all get its id', async () => {
  const client = await join(service, operator(17));
  for (let round = 0; round < 5; round++) {
    const key = unique('key');
    const fields = { call: { id: `round ${round}` }, rooms: ['operators'] };
    const answers = await Promise.all(Array.from({ length: 10 }, () => keyed('call-new', fields, key)));
    assert.deepEqual(answers.map(({ status }) => status), Array(10).fill(200), answers.map(({ text }) => text).join('\n'));
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
  }
  await settled(service, client);
  assert.deepEqual(client.broadcasts().map(([, { id }]) => id), Array.from({ length: 5 }, (_, n) => `round ${n}`));
});

test('Idempotency-Key: the same key with another body is 422, on another endpoint it is another key', async () => {
  const client = await join(service, operator(17));
  const key = unique('key');
  const call = (id) => ({ call: { id }, rooms: ['operators'] });
  const first = await keyed('call-new', call('a'), key);
  problem(await keyed('call-new', call('b'), key), 422);
  const elsewhere = await keyed('call-updated', call('a'), key);
  assert.equal(elsewhere.status, 200);
  assert.notEqual(elsewhere.json.id, first.json.id);
  assert.equal((await keyed('call-new', call('a'), key)).json.id, first.json.id);
  await settled(service, client);
  assert.deepEqual(client.broadcasts().map(([name, { id }]) => [name, id]), [['call:new', 'a'], ['call:updated', 'a']]);
});

test('Idempotency-Key: of two concurrent bodies with one key, one wins, the other is 422', async () => {
  const client = await join(service, operator(17));
  const key = unique('key');
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => keyed('call-new', { call: { id: n % 2 }, rooms: ['operators'] }, key)),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 422, 422, 422, 422]);
  await settled(service, client);
  assert.equal(client.broadcasts().length, 1);
});

test('Idempotency-Key: a refused post does not use the key up', async () => {
  const key = unique('key');
  problem(await keyed('call-new', { call: {} }, key), 400);
  assert.equal((await keyed('call-new', { call: { id: 1 } }, key)).status, 200);
});

test('Idempotency-Key: 1 to 255 visible ASCII characters', async () => {
  const fields = { call: { id: 1 }, rooms: ['order:none'] };
  const long = unique('k').padEnd(255, '~');
  assert.equal((await keyed('call-new', fields, long)).status, 200);
  assert.equal((await keyed('call-new', fields, '!')).status, 200);
  for (const key of ['', 'a b', `${long}x`, '\u00e4\u00e4', 'tab\there']) {
    problem(await keyed('call-new', fields, key), 400, JSON.stringify(key));
  }
});

test('without a key, posting twice creates two events', async () => {
  const client = await join(service, operator(17));
  const fields = { call: { id: 'twice' }, rooms: ['operators'] };
  const [first, second] = [await accepted(service, 'call-new', fields), await accepted(service, 'call-new', fields)];
  assert.notEqual(first.id, second.id);
  await settled(service, client);
  assert.equal(client.broadcasts().length, 2);
});

test('statistics without credentials: totals by role and transport, nobody\'s name', async () => {
  const clean = async () => (await get('/api/v1/stats/connections')).json.data.total === 0;
  await until('the sockets of earlier tests to be gone', clean);
  await join(service, operator(17));
  await join(service, operator(17), { transports: ['polling'] });
  const boss = await join(service, director('boss'));
  await boss.join('city:Саратов');
  const connections = await get('/api/v1/stats/connections');
  assert.equal(connections.status, 200);
  const { byInstance, ...totals } = connections.json.data;
  assert.deepEqual(totals, {
    total: 3, users: 2, byRole: { operator: 2, director: 1 }, byTransport: { websocket: 2, polling: 1 },
  });
  assert.deepEqual(Object.values(byInstance), [3]);
  const rooms = await get('/api/v1/stats/rooms');
  assert.deepEqual(Object.keys(rooms.json.data), ['total']);
  assert.ok(rooms.json.data.total >= 6, rooms.text);
});

test('statistics with the webhook token or a director\'s or admin\'s token: who, and in which rooms', async () => {
  const client = await join(service, operator(17, { name: 'Анна' }));
  await client.join('order:5');
  for (const token of [WEBHOOK_TOKEN, director(1), sign({ userId: 'root', role: 'admin' })]) {
    const { data } = (await get('/api/v1/stats/connections', bearer(token))).json;
    const entry = data.connections.find(({ socketId }) => socketId === client.socket.id);
    const { userId, name, role, transport, address, protocol } = entry;
    assert.deepEqual({ userId, name, role, transport, address, protocol }, {
      userId: 17, name: 'Анна', role: 'operator', transport: 'websocket', address: '127.0.0.1', protocol: 4,
    });
    assert.deepEqual([...entry.rooms].sort(), ['operator:17', 'operators', 'order:5', 'user:17']);
    const rooms = (await get('/api/v1/stats/rooms', bearer(token))).json.data;
    assert.deepEqual(rooms.rooms.find(({ room }) => room === 'order:5'), { room: 'order:5', members: 1 });
  }
});

test('statistics with a bad credential are 401, with an operator\'s no more than totals', async () => {
  for (const token of ['nonsense', sign({ userId: 1, role: 'director' }, 'another-secret-of-more-than-thirty-two-bytes'), sign({ userId: 1, role: 'director', exp: 1 })]) {
    problem(await get('/api/v1/stats/connections', bearer(token)), 401);
  }
  await join(service, operator(17));
  const answer = await get('/api/v1/stats/connections', bearer(operator(18)));
  assert.ok([200, 403].includes(answer.status), answer.text);
  assert.ok(!answer.text.includes('socketId'), answer.text);
});

test('health, liveness, readiness; metrics with authentication; nothing else of the actuator', async () => {
  const health = await get('/health');
  assert.equal(health.status, 200);
  assert.equal(typeof health.json.status, 'string');
  assert.match(health.text, /redis/i);
  assert.match(health.text, /socket|connection/i);
  for (const group of ['liveness', 'readiness']) {
    assert.equal((await get(`/actuator/health/${group}`)).status, 200);
  }
  assert.ok([401, 403].includes((await get('/actuator/prometheus')).status));
  const metrics = await get('/actuator/prometheus', bearer(WEBHOOK_TOKEN));
  assert.equal(metrics.status, 200);
  assert.match(metrics.text, /^# TYPE /m);
  // The buffers of all sockets, which jvm_buffer_memory_used_bytes does not include.
  assert.match(metrics.text, /^netty_allocator_memory_used\{[^}]*memory_type="direct"[^}]*\} [1-9]/m);
  for (const endpoint of ['env', 'beans', 'heapdump', 'configprops', 'loggers', 'threaddump', 'shutdown', 'mappings']) {
    const anonymous = await get(`/actuator/${endpoint}`);
    assert.ok([401, 403, 404].includes(anonymous.status), `${endpoint}: ${anonymous.status}`);
    const known = await get(`/actuator/${endpoint}`, bearer(WEBHOOK_TOKEN));
    assert.ok([401, 403, 404].includes(known.status), `${endpoint}: ${known.status}`);
  }
});

test('the API\'s documentation is at /api/docs', async () => {
  let answer = await get('/api/docs');
  let at = new URL('/api/docs', service.url);
  for (let hops = 0; hops < 5 && answer.status >= 300 && answer.status < 400; hops++) {
    at = new URL(answer.headers.location, at);
    assert.equal(at.host, `127.0.0.1:${service.port}`, 'a redirect names the address that was asked');
    answer = await get(at.pathname + at.search);
  }
  assert.equal(answer.status, 200);
  assert.match(answer.text, /swagger/i);
});

test('one keep-alive connection carries alternating REST and polling requests', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const connections = new Set();
  try {
    const note = (answer) => {
      connections.add(answer.connection);
      return answer;
    };
    const call = (id) => ({ token: WEBHOOK_TOKEN, call: { id }, rooms: ['operator:17'] });
    const raw = await RawPolling.handshake(service, { agent });
    const sent = async (...messages) => {
      const answer = note(await raw.send(...messages));
      assert.equal(answer.status, 200, answer.text);
    };
    await sent(`40${JSON.stringify({ token: operator(17) })}`);
    while (!raw.messages.some((message) => message.includes('"connected"'))) note(await raw.poll());
    for (let n = 0; n < 20; n++) {
      const posted = note(await request(`${service.url}/api/v1/broadcast/call-new`, { agent, body: call(n) }));
      assert.equal(posted.status, 200, posted.text);
      const polled = note(await raw.poll());
      assert.equal(polled.status, 200);
      await sent(`42${n}["join-room",{"room":"order:${n}"}]`);
      const acked = note(await raw.poll());
      assert.equal(acked.status, 200);
      assert.equal(note(await request(`${service.url}/health`, { agent })).status, 200);
      problem(note(await request(`${service.url}/api/v1/broadcast/call-new`, { agent, body: '{' })), 400);
    }
    assert.deepEqual(raw.events().filter((message) => message.includes('call:new')).length, 20);
    assert.equal(raw.messages.filter((message) => message.startsWith('43')).length, 20);
    assert.equal(connections.size, 1, 'all of it went over one TCP connection');
  } finally {
    agent.destroy();
  }
});

test('the own origin and no origin pass; a foreign one is refused by handshake and upgrade, and gets no CORS headers from REST', async () => {
  const polling = '/socket.io/?EIO=4&transport=polling';
  const upgrade = (Origin) => new RawWebSocket(service, { headers: Origin ? { Origin } : {} }).answered;
  for (const own of [undefined, service.url]) {
    assert.equal((await get(polling, own ? { Origin: own } : {})).status, 200, own);
    assert.equal(await upgrade(own), 101, own);
    const posted = await post('call-new', { token: WEBHOOK_TOKEN, call: { id: 1 } }, own ? { Origin: own } : {});
    assert.equal(posted.status, 200, posted.text);
  }
  for (const foreign of ['http://evil.example', 'null', `https://127.0.0.1:${service.port}`, `http://127.0.0.1:${service.port}.evil.example`, 'http://127.0.0.1']) {
    assert.equal((await get(polling, { Origin: foreign })).status, 403, foreign);
    assert.equal(await upgrade(foreign), 403, foreign);
    const preflight = await request(`${service.url}/api/v1/broadcast/call-new`, {
      method: 'OPTIONS',
      headers: { Origin: foreign, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
    });
    assert.equal(preflight.headers['access-control-allow-origin'], undefined, foreign);
  }
});

test('events of a polling client are only available through its own session', async () => {
  const raw = await RawPolling.open(service);
  await connect(raw, { token: operator(17) });
  const connected = JSON.parse((await raw.message(/^42\["connected"/)).slice(2))[1];
  const stolen = await get(`/socket.io/?EIO=4&transport=polling&sid=${encodeURIComponent(connected.socketId)}`);
  assert.equal(stolen.status, 400, 'the id that everybody sees opens nothing');
});
