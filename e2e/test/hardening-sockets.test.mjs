// Attacks through sockets, with and without an identity: others are not affected, and the memory is released
// afterwards.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import net from 'node:net';
import { onClose, testsOf } from '../support/harness.mjs';
import { Honest } from '../support/honest.mjs';
import { counting as countingOn, metric } from '../support/metrics.mjs';
import { heldBytes, remember } from '../support/memory.mjs';
import { RawPolling, RawWebSocket, connect } from '../support/raw.mjs';
import { SMALL_HEAP, ownService } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { unique } from '../support/http.mjs';
import { until, within } from '../support/wait.mjs';

const MB = 1_000_000;
const HEAVY = `42["x",${'{},'.repeat(900_000 / 3 - 10)}{}]`;

let service;
before(async () => {
  // On a slow machine, the admission timeout would end the sockets before their bytes do.
  ({ service } = await ownService({ REALTIME_SOCKET_ADMISSION_TIMEOUT: '60s' }, { flags: SMALL_HEAP }));
});
const test = testsOf(() => service);
const range = (n) => Array.from({ length: n }, (_, i) => i);
const counting = (name, label, action) => countingOn(service, name, label, action);
const closed = (code) => `code="${code}"`;

/** Runs an attack while honest clients are active. */
async function beside(attack) {
  const honest = await Honest.start(service);
  const back = await remember(service);
  await attack();
  await honest.check();
  assert.ok(service.running, 'the process is alive');
  await back();
}

/** Sends the same message repeatedly, as fast as the connection accepts it, until it ends. */
async function flood(raw, message, times) {
  for (let n = 0; n < times && raw.socket.readyState === 1; n++) {
    await new Promise((resolve) => raw.socket.send(message, () => resolve()));
  }
}

test('20 WebSockets without a token that send 200 packets of 900 KB each are closed at the first', { timeout: 120_000 }, () =>
  beside(() => counting('realtime_sockets_closed', closed('too_much_data'), async () => {
    const sockets = await Promise.all(range(20).map(() => RawWebSocket.open(service)));
    await Promise.all(sockets.map(async (one) => {
      await connect(one);
      await flood(one, HEAVY, 200);
      await within(20_000, 'the close', one.closed);
      // The close may arrive before the error event.
      assert.ok(one.messages.length < 3 || one.messages.some((message) => /"code":"too_much_data".*"reconnect":true/.test(message)),
        one.messages.join('\n'));
    }));
  })));

test('20 WebSockets of one user that send 200 packets of 900 KB each are closed beyond their rate', { timeout: 120_000 }, () =>
  beside(() => counting('realtime_sockets_closed', closed('too_much_data'), async () => {
    const token = operator(unique('heavy'));
    const sockets = await Promise.all(range(20).map(() => RawWebSocket.open(service)));
    for (const one of sockets) await connect(one, { token });
    await Promise.all(sockets.map(async (one) => {
      await flood(one, HEAVY, 200);
      await within(20_000, 'the close', one.closed);
    }));
  })));

test('an unknown event may be as large as max-payload and is ignored', async () => {
  const client = await RawWebSocket.open(service);
  await connect(client, { token: operator(unique('large')) });
  client.send(`42["unknown","${'x'.repeat(999_900)}"]`);
  client.send(`42["unknown",${'[1],'.repeat(200_000)}1]`);
  client.send('427["join-room",{"room":"operators"}]');
  await client.message(/^437\[.*"success":true/);
});

test('400 endless posts of 1 MB by polling occupy hardly any memory', { timeout: 120_000 }, () =>
  beside(async () => {
    await Promise.all(range(400).map(async () => {
      const { sid } = await RawPolling.handshake(service);
      const socket = net.connect(service.port, '127.0.0.1').on('error', () => {});
      onClose(() => socket.destroy());
      socket.write(`POST /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7800\r\n${'x'.repeat(0x7800)}\r\n`);
      socket.write(`f4000\r\n${'x'.repeat(500_000)}`);
    }));
    assert.ok((await heldBytes(service)) < 26 * MB, 'half of 20 % of the heap');
    await until('all sessions to be over', async () => (await metric(service, 'realtime_engine_sessions')) <= 1, { timeoutMs: 30_000 });
  }));

test('refused CONNECTs may be retried five times', () =>
  counting('realtime_sockets_closed', closed('too_many_messages'), async () => {
    const client = await RawWebSocket.open(service);
    for (const _ of range(1_000)) client.send('40{"token":"wrong"}');
    await within(5_000, 'the close', client.closed);
    assert.equal(client.messages.filter((message) => message.startsWith('44')).length, 5);
  }));

test('endless fragments and frames', { timeout: 120_000 }, () =>
  beside(() => counting('realtime_sockets_closed', closed('too_much_data'), async () => {
    const bytes = Buffer.concat([Buffer.from([0x80 | 126, 60_000 >> 8, 60_000 & 0xff, 0, 0, 0, 0]), Buffer.alloc(60_000, 'x')]);
    const begun = Buffer.concat([Buffer.from([0x01]), bytes]);
    const half = Buffer.from([0x81, 0x80 | 127, 0, 0, 0, 0, 0, 0x0e, 0, 0, 0, 0, 0, 0]);
    const token = operator(unique('endless'));
    const sockets = await Promise.all(range(40).map(() => RawWebSocket.open(service)));
    // Identified sockets share their user's budget; the others have hardly any.
    for (const one of sockets.slice(0, 10)) await connect(one, { token });
    sockets.forEach((one, n) => {
      const socket = one.socket._socket;
      if (n % 2 === 0) {
        socket.write(begun);
        for (const _ of range(15)) socket.write(Buffer.concat([Buffer.from([0x00]), bytes]));
      } else {
        socket.write(half);
        socket.write(Buffer.alloc(900_000, 'x'));
      }
    });
    await Promise.all(sockets.slice(10).map((one) => within(20_000, 'the close of a nameless one', one.closed)));
    assert.ok((await heldBytes(service)) <= 10 * MB, 'one user holds 8 MB at most');
    sockets.forEach((one) => one.close());
  })));
