// Abuse: a limit stops each kind, with a reason and a metric, and without a cost for others.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import net from 'node:net';
import { Client, join } from '../support/clients.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { counting as countingOn, metric } from '../support/metrics.mjs';
import { RawPolling, RawWebSocket, connect } from '../support/raw.mjs';
import { ownService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

const PER_ADDRESS = 5;
const PER_USER = 3;
const BURST = 50;
const POLLING = '/socket.io/?EIO=4&transport=polling';
const SLOW = 'code="slow_client"';
const NOBODY = `GET ${POLLING}&sid=nobody HTTP/1.1\r\nHost: x\r\n`;
/** Prefixes: test on a fresh connection, and on one that has served a request. */
const FIRSTS = [undefined, `${NOBODY}\r\n`];

let service;
before(async () => {
  ({ service } = await ownService({
    REALTIME_TRUSTED_PROXIES: '127.0.0.1',
    REALTIME_LIMITS_UNIDENTIFIEDPERADDRESS: String(PER_ADDRESS),
    REALTIME_LIMITS_UNIDENTIFIEDAFTER: '300ms',
    REALTIME_LIMITS_SOCKETSPERUSER: String(PER_USER),
    REALTIME_LIMITS_PACKETSPERSECOND: '10',
    REALTIME_LIMITS_PACKETBURST: String(BURST),
    REALTIME_ACCESS_MAXROOMS: '10',
    REALTIME_ENGINE_MAXQUEUEDBYTES: '100000',
    REALTIME_SOCKET_ADMISSIONTIMEOUT: '3s',
    REALTIME_FRONTDOOR_HEADTIMEOUT: '2s',
    REALTIME_FRONTDOOR_BODYTIMEOUT: '2s',
  }));
});
const test = testsOf(() => service);

const from = (address) => ({ 'X-Forwarded-For': address });
const websocket = (headers) => new RawWebSocket(service, { headers });
const range = (n) => Array.from({ length: n }, (_, i) => i);

const counting = (name, label, action) => countingOn(service, name, label, action);

async function othersAreWell() {
  const client = await join(service, operator(unique('well')));
  const id = unique('call');
  await accepted(service, 'call-new', { call: { id } });
  await client.event('call:new', (call) => call.id === id);
  client.close();
}

/**
 * Sends bytes to the port, after the answer to `first` if given, and then `more` repeatedly. Resolves with everything
 * received until the server closes.
 */
function raw(bytes, { timeoutMs = 15_000, more, first } = {}) {
  const socket = net.connect(service.port, '127.0.0.1');
  const got = [];
  let timer;
  socket.on('data', (data) => got.push(data));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', () => {
    clearInterval(timer);
    resolve(Buffer.concat(got).toString('latin1'));
  }));
  const begin = () => {
    socket.write(bytes);
    if (more) timer = setInterval(() => socket.write(more), 100);
  };
  if (first) socket.once('data', begin).write(first);
  else begin();
  return within(timeoutMs, 'the server to close the connection', closed).finally(() => socket.destroy());
}

for (const [family, address, neighbour, stranger] of [
  ['IPv4', '203.0.113.7', '203.0.113.7', '203.0.113.8'],
  ['IPv6 by /64', '2001:db8:1:1::7', '2001:db8:1:1:ffff::8', '2001:db8:1:2::7'],
]) {
  test(`silent sessions of one address, ${family}: 429 beyond the limit, by polling and WebSocket; room again when one ends`, () =>
    counting('realtime_engine_refused', 'error="too_many_sessions"', async () => {
      const opened = range(PER_ADDRESS).map(() => websocket(from(address)));
      for (const one of opened) assert.equal(await one.answered, 101);
      const poll = await until('a refusal', async () => {
        const answer = await request(service.url + POLLING, { headers: from(neighbour) });
        return answer.status === 429 && answer;
      });
      assert.equal(poll.json.message, 'Too many sessions from this address');
      assert.equal(await websocket(from(neighbour)).answered, 429);
      assert.equal(await websocket(from(stranger)).answered, 101);
      opened[0].close();
      await until('room', async () => (await request(service.url + POLLING, { headers: from(neighbour) })).status === 200);
    }));
}

test('sessions with an identity do not count for their address', async () => {
  const headers = from('203.0.113.50');
  const opened = range(PER_ADDRESS * 2).map(() => websocket(headers));
  for (const one of opened) {
    assert.equal(await one.answered, 101);
    await connect(one, { token: operator(unique('colleague')) });
  }
  const silent = websocket(headers);
  assert.equal(await silent.answered, 101);
  await within(8_000, 'the silent one to be closed', silent.closed);
  for (const one of opened) assert.equal(one.socket.readyState, 1);
});

test('this machine and trusted proxies themselves may open any number', async () => {
  const opened = range(PER_ADDRESS * 4).map(() => websocket());
  for (const one of opened) assert.equal(await one.answered, 101);
});

test('sockets of one user: refused beyond the limit, by CONNECT and by authenticate; room again when one leaves', () =>
  counting('realtime_sockets_refused', 'code="too_many_sockets"', async () => {
    const token = operator(unique('crowd'));
    const sockets = [];
    for (const _ of range(PER_USER)) sockets.push(await join(service, token));
    const error = await new Client(service.url, { auth: { token }, transports: ['websocket'] }).refused();
    assert.equal(error.data.code, 'too_many_sockets');
    const waiting = await new Client(service.url, { transports: ['websocket'] }).open();
    const refusal = await waiting.ask('authenticate', { token });
    assert.equal(refusal.error.code, 'too_many_sockets');
    sockets[0].close();
    await until('room', async () => (await waiting.ask('authenticate', { token })).success);
    assert.equal((await waiting.connected()).userId, sockets[0].userId);
  }));

for (const [what, message] of [
  ['events', '42["join-room",{"room":"operators"}]'], ['Engine.IO noops', '6'], ['pongs', '3'],
]) {
  test(`more ${what} than a person needs: error, then the connection ends`, () =>
    counting('realtime_sockets_closed', 'code="too_many_messages"', async () => {
      const flooder = await RawWebSocket.open(service);
      await connect(flooder, { token: operator(unique('flood')) });
      for (const _ of range(BURST * 10)) flooder.send(message);
      await flooder.message(/^42\["error",\{"code":"too_many_messages".*"reconnect":true\}\]/);
      await within(5_000, 'the close', flooder.closed);
      await othersAreWell();
    }));
}

test('WebSocket pings count too, and a ping has its pong', () =>
  counting('realtime_sockets_closed', 'code="too_many_messages"', async () => {
    const pinger = await RawWebSocket.open(service);
    await connect(pinger, { token: operator(unique('ping')) });
    const pong = new Promise((resolve) => pinger.socket.on('pong', resolve));
    pinger.socket.ping('hello');
    assert.equal(String(await within(5_000, 'the pong', pong)), 'hello');
    for (const _ of range(BURST * 10)) pinger.socket.ping();
    await pinger.message(/too_many_messages/);
    await within(5_000, 'the close', pinger.closed);
  }));

for (const [what, opcode, text] of [
  ['pongs as frames', 0x8a, ''], ['empty fragments', 0x00, ''], ['fragments of one byte', 0x00, 'x'],
]) {
  test(`${what} count too`, () => counting('realtime_sockets_closed', 'code="too_many_messages"', async () => {
    const flooder = await RawWebSocket.open(service);
    await connect(flooder, { token: operator(unique('frames')) });
    const frame = (first, payload) => Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0, ...Buffer.from(payload)]);
    if (opcode === 0) flooder.socket._socket.write(frame(0x01, '4'));
    flooder.socket._socket.write(Buffer.concat(range(BURST * 10).map(() => frame(opcode, text))));
    await flooder.message(/^42\["error",\{"code":"too_many_messages".*"reconnect":true\}\]/);
    await within(5_000, 'the close', flooder.closed);
    await othersAreWell();
  }));
}

test('a fragmented message with unsolicited pongs in between is received', async () => {
  const client = await RawWebSocket.open(service);
  await connect(client, { token: operator(unique('pieces')) });
  const pieces = '420["join-room",{"room":"order:1"}]'.match(/.{1,4}/g);
  pieces.forEach((piece, n) => {
    client.socket.send(piece, { fin: n === pieces.length - 1 });
    client.socket.pong('nobody asked');
  });
  await client.message(/^430\[\{.*"success":true/);
});

test('a post of a hundred thousand packets: a limited number is processed', () =>
  counting('realtime_sockets_closed', 'code="too_many_messages"', async () => {
    const flooder = await RawPolling.open(service);
    await connect(flooder, { token: operator(unique('flood')) });
    flooder.send(...range(100_000).map(() => '3')).catch(() => {});
    await flooder.message(/too_many_messages/);
    await othersAreWell();
  }));

test('more rooms than a person needs', () =>
  counting('realtime_sockets_refused', 'code="room_limit"', async () => {
    const client = await join(service, operator(unique('rooms')));
    const answers = [];
    for (const n of range(12)) answers.push(await client.ask('join-room', { room: `order:${n}` }));
    assert.equal(answers.at(-1).error.code, 'room_limit');
    assert.ok(answers[0].success);
  }));

test('an idle poller: its outbox is limited, then it is told and closed', { timeout: 90_000 }, () =>
  counting('realtime_sockets_closed', 'code="slow_client"', async () => {
    const idle = await RawPolling.handshake(service);
    await idle.send(`40${JSON.stringify({ token: operator(unique('idle')) })}`);
    await until('its sockets', async () => (await idle.poll()).text.includes('"connected"'));
    const message = 'x'.repeat(20_000);
    for (const _ of range(8)) await accepted(service, 'notification', { notification: { type: 'info', message }, rooms: ['operators'] });
    const poll = await idle.poll();
    assert.match(poll.text, /"code":"slow_client".*"reconnect":true/);
  }));

test('a WebSocket that stops reading: its outbox is limited, others receive everything, and it is closed', { timeout: 90_000 }, () =>
  counting('realtime_sockets_closed', SLOW, async () => {
    const slow = await RawWebSocket.open(service);
    await connect(slow, { token: operator(unique('slow')) });
    await slow.message(/^42\["connected"/);
    const reader = await join(service, operator(unique('reader')));
    const before = await metric(service, 'realtime_sockets_closed_total', SLOW);
    slow.socket.pause();
    let sent = 0;
    while ((await metric(service, 'realtime_sockets_closed_total', SLOW)) === before) {
      // The kernel buffers some megabytes; the service's own limit is below one message.
      assert.ok(sent++ < 100, 'not ended after 20 MB');
      const type = unique('large');
      await accepted(service, 'notification', { notification: { type, message: 'x'.repeat(200_000) }, rooms: ['operators'] });
      await reader.event('notification', (notification) => notification.type === type);
    }
    slow.socket.resume();
    await within(10_000, 'the close', slow.closed);
    assert.ok(slow.events().length - 1 < sent, 'what it did not read was not kept for it');
    assert.deepEqual(reader.disconnects, []);
  }));

test('a WebSocket that connects and stays silent is closed', () =>
  counting('realtime_sockets_closed', 'code="authentication_timeout"', async () => {
    const silent = await RawWebSocket.open(service);
    await within(8_000, 'the close', silent.closed);
  }));

test('a silent TCP connection, and one that sends a byte at a time, are closed', async () => {
  await raw('');
  for (const first of FIRSTS) {
    assert.match(await raw('GET /health HTTP/1.1\r\n', { first, more: 'x' }), first ? /\r\n.*HTTP\/1\.1 408 /s : /^HTTP\/1\.1 408 |^$/);
  }
});

test('a body sent a byte at a time is abandoned, at the gateway and at the API', { timeout: 60_000 }, async () => {
  for (const first of FIRSTS) {
    const polling = await RawPolling.handshake(service);
    for (const target of [`${POLLING}&sid=${polling.sid}`, '/api/v1/broadcast/call-new']) {
      const head = `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n\r\n`;
      const answer = await raw(head, { first, more: ' ', timeoutMs: 40_000 });
      assert.doesNotMatch(answer, /HTTP\/1\.1 200/);
      if (first) assert.match(answer, /\r\n.*HTTP\/1\.1 /s);
    }
  }
});

test('a body beyond max-payload is answered 413, at once where its length is announced', async () => {
  for (const body of [`4${'x'.repeat(1_000_000)}`, 'x'.repeat(5_000_000)]) {
    await counting('realtime_engine_ended', 'reason="protocol_error"', async () => {
      const answer = await (await RawPolling.handshake(service)).send(body);
      assert.deepEqual([answer.status, answer.json.message], [413, 'Payload too large']);
    });
  }
  for (const [announced, body = ''] of [
    ['Content-Length: 1000001'], ['Content-Length: 1000001\r\nExpect: 100-continue'],
    ['Transfer-Encoding: chunked', `f4241\r\n${'x'.repeat(1_000_001)}\r\n`],
  ]) {
    const { sid } = await RawPolling.handshake(service);
    const socket = net.connect(service.port, '127.0.0.1').on('error', () => {});
    onClose(() => socket.destroy());
    socket.write(`POST ${POLLING}&sid=${sid} HTTP/1.1\r\nHost: x\r\n${announced}\r\n\r\n${body}`);
    const answer = new Promise((resolve) => socket.once('data', (data) => resolve(data.toString('latin1'))));
    assert.match(await within(5_000, 'the answer', answer), /^HTTP\/1\.1 413 /);
    // Without an identity, the budget may end the session first, which a poll still reports.
    await until('the end', async () => (await request(`${service.url + POLLING}&sid=${sid}`)).status === 400);
  }
});

test('junk on the port: 400 or no answer, and the connection ends', async () => {
  for (const junk of [
    Buffer.from('160301020001000001fc0303', 'hex'), Buffer.alloc(100_000, 0xff), 'SSH-2.0-OpenSSH_9.9\r\n',
    'GET / HTTP/9.9\r\n\r\n', '\u0000\u0000\u0000\r\n\r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(20_000)}\r\n`, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`,
    `${NOBODY}Connection: close\r\n\r\n`,
  ]) {
    for (const first of FIRSTS) {
      const answers = (await raw(junk, { first })).split(/(?=HTTP\/1\.1 )/);
      if (first) assert.match(answers.shift(), /^HTTP\/1\.1 400 /);
      assert.match(answers.join(''), /^(HTTP\/1\.1 (4\d\d|505) |$)/, String(junk).slice(0, 30));
    }
  }
  assert.match(await raw(`${NOBODY}Connection: close\r\n\r\n`, { timeoutMs: 5_000 }), /^HTTP\/1\.1 400 /);
  await othersAreWell();
});

test('endless separators, by post and by WebSocket: the session ends, and nobody else is affected', async () => {
  for (const packet of ['', '6', '42["join-room",{"room":"order:1"}]']) {
    const flood = `${packet}\u001e`.repeat(Math.floor(60_000 / (packet.length + 1)));
    const polling = await RawPolling.handshake(service);
    await polling.send(flood);
    await until('the end', async () => (await polling.poll()).status === 400);
    const socket = await RawWebSocket.open(service);
    await connect(socket, { token: operator(unique('separators')) });
    socket.send(flood);
    // A frame is one packet: a noop with trailing data.
    if (packet !== '6') await within(5_000, 'the close', socket.closed);
    assert.deepEqual(socket.messages.filter((message) => message.startsWith('43')), []);
  }
  await othersAreWell();
});

test('requests that open no session leave none behind', async () => {
  const headers = from('203.0.113.99');
  for (const method of ['OPTIONS', 'POST', 'PUT', 'DELETE']) {
    for (const _ of range(PER_ADDRESS * 2)) {
      const { status } = await request(service.url + POLLING, { method, headers, body: method === 'OPTIONS' ? undefined : '40' });
      assert.equal(status, method === 'OPTIONS' ? 204 : 400);
    }
  }
  // Sessions of other tests may still be closing.
  await until('no session to be left', async () => (await metric(service, 'realtime_engine_sessions')) === 0);
});

test('a frame that is too large, unmasked, compressed, or not UTF-8 ends its connection with a code', async () => {
  const ended = async (send) => {
    const socket = await RawWebSocket.open(service);
    send(socket.socket);
    return within(5_000, 'the close', socket.closed);
  };
  assert.equal(await ended((ws) => ws.send(`4${'x'.repeat(1_000_001)}`)), 1009);
  assert.equal(await ended((ws) => ws.send(range(30).map(() => 'x'.repeat(50_000)).join(''))), 1009);
  assert.equal(await ended((ws) => ws.send('4', { mask: false })), 1002);
  assert.equal(await ended((ws) => ws._socket.write(Buffer.from([0xc1, 0x80, 0, 0, 0, 0]))), 1002);
  assert.equal(await ended((ws) => ws._socket.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff]))), 1007);
});

test('compression is not offered, so that decompression bombs are impossible', async () => {
  const offering = websocket({ 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' });
  assert.equal(await offering.answered, 101);
  assert.equal(offering.socket.extensions, '');
  const squeezed = await request(`${service.url}/api/v1/broadcast/call-new`, {
    headers: { 'Content-Encoding': 'gzip' }, body: Buffer.alloc(100, 0x1f),
  });
  assert.ok(squeezed.status === 400 || squeezed.status === 415, String(squeezed.status));
});

test('endless attachments, and endless digits', async () => {
  for (const message of ['45999999999-["x"]', `4${'5'.repeat(900_000)}`, `42${'9'.repeat(900_000)}["x"]`]) {
    const socket = await RawWebSocket.open(service);
    await connect(socket, { token: operator(unique('digits')) });
    const started = Date.now();
    socket.send(message);
    await socket.message(/"code":"protocol_error"/);
    await within(5_000, 'the close', socket.closed);
    assert.ok(Date.now() - started < 5_000);
  }
  await othersAreWell();
});

test('a session id guessed, reused, fixed, or taken over', async () => {
  const victim = await RawPolling.open(service);
  const { sid } = JSON.parse((await connect(victim, { token: operator(unique('victim')) })).slice(2));
  // The public socket id differs from the session's id.
  assert.notEqual(sid, victim.sid);
  assert.equal((await request(`${service.url + POLLING}&sid=${sid}`)).status, 400);
  // An id chosen by the client is ignored.
  const fixed = await request(service.url + POLLING, { headers: { Cookie: `io=${victim.sid}`, io: victim.sid } });
  assert.notEqual(JSON.parse(fixed.text.slice(1)).sid, victim.sid);
  // The format of ids and the instance's tag do not help to guess.
  const guess = victim.sid.slice(0, -1) + (victim.sid.endsWith('A') ? 'B' : 'A');
  assert.equal((await request(`${service.url + POLLING}&sid=${guess}`)).status, 400);
  // Ending a session needs its id as well.
  for (const id of [sid, guess]) assert.equal((await request(`${service.url + POLLING}&disconnect&sid=${id}`)).status, 400);
  victim.send('420["join-room",{"room":"order:1"}]');
  await victim.message(/^430\[\{.*"success":true/);
  // The id of an ended session stays invalid.
  victim.close();
  await until('the end', async () => (await request(`${service.url + POLLING}&sid=${victim.sid}`, { body: '3' })).status === 400);
  // A second WebSocket does not take a session over.
  const owner = await RawWebSocket.open(service);
  await connect(owner, { token: operator(unique('owner')) });
  const session = JSON.parse(owner.messages[0].slice(1)).sid;
  const thief = new RawWebSocket(service, { path: `/socket.io/?EIO=4&transport=websocket&sid=${session}` });
  await within(5_000, 'the thief to be sent away', thief.closed);
  owner.send('42["join-room",{"room":"order:1"}]');
  owner.send('420["join-room",{"room":"order:2"}]');
  await owner.message(/^430\[\{.*"success":true/);
});

test('a page of another site gets neither handshake nor WebSocket', () =>
  counting('realtime_engine_refused', 'error="forbidden"', async () => {
    const headers = { Origin: 'https://evil.example' };
    assert.equal((await request(service.url + POLLING, { headers })).status, 403);
    assert.equal(await websocket(headers).answered, 403);
  }));

test('a REST client that dies in the middle of its body: nothing is accepted, nothing is left', async () => {
  const watcher = await join(service, operator(unique('watch')));
  const body = JSON.stringify({ token: WEBHOOK_TOKEN, call: { id: 'half' } });
  const socket = net.connect(service.port, '127.0.0.1');
  socket.write(`POST /api/v1/broadcast/call-new HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`);
  socket.write(body.slice(0, -3));
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.destroy();
  await othersAreWell();
  assert.equal(watcher.events.some(({ args }) => args[0]?.id === 'half'), false);
});
