// Every supported stock npm client, over every transport, against an echoing gateway.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { ConformanceServer } from '../support/conformance.mjs';
import { testsOf } from '../support/harness.mjs';
import { CLIENTS, TRANSPORTS, EchoClient } from '../support/stock.mjs';
import { until } from '../support/wait.mjs';

const MAX_PAYLOAD = 1_000_000;

let server;
before(async () => {
  server = await ConformanceServer.start();
});
after(() => server?.stop());
const test = testsOf(() => server);

/**
 * A character of each of the seventeen planes, and the ends of the ranges with different lengths in UTF-8 and UTF-16.
 */
const PLANES = Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0xabc)).join('');
const EDGES = '\u0000\u001e\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\u{10000}\u{10fffd}"\\\u2028';
const BINARIES = [
  Buffer.from([0x00, 0x01, 0x02]), Buffer.from([0x04, 0xff, 0x00]), Buffer.from('451-["digits first"]'),
  Buffer.from([0xff]), Buffer.alloc(0), Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
];
const range = (n) => Array.from({ length: n }, (_, i) => i);

for (const [version, io] of Object.entries(CLIENTS)) {
  for (const transports of TRANSPORTS) {
    const name = (what) => `socket.io-client ${version}, ${transports.join(' then ')}: ${what}`;
    const open = (options) => EchoClient.open(io, server.url, { transports, ...options });

    test(name('text of every plane, numbers, nothing'), async () => {
      const client = await open();
      for (const args of [[PLANES], [EDGES], [''], [{ [PLANES]: [PLANES, { deep: EDGES }] }], [1, -1, 1.5, 1e21, true, null], []]) {
        assert.deepEqual(await client.echo(...args), args);
      }
    });

    test(name('bytes both ways, with any first byte'), async () => {
      const client = await open();
      for (const bytes of BINARIES) {
        assert.deepEqual((await client.echo(bytes)).map(hex), [hex(bytes)]);
      }
      const several = await client.echo(BINARIES[0], 'text', { in: [BINARIES[2], { deep: BINARIES[1] }] });
      assert.equal(hex(several[0]), hex(BINARIES[0]));
      assert.equal(several[1], 'text');
      assert.equal(hex(several[2].in[0]), hex(BINARIES[2]));
      assert.equal(hex(several[2].in[1].deep), hex(BINARIES[1]));
    });

    test(name('acknowledgements both ways, with text and with bytes'), async () => {
      const client = await open();
      assert.deepEqual(await client.ask('message-with-ack', 1, PLANES, { a: [] }), [1, PLANES, { a: [] }]);
      assert.deepEqual((await client.ask('message-with-ack', BINARIES[1], BINARIES[2])).map(hex), [hex(BINARIES[1]), hex(BINARIES[2])]);
      client.socket.on('question', (question, answer) => answer({ to: question }));
      client.socket.emit('ask-me', EDGES);
      assert.deepEqual(await client.next('answered'), [{ to: EDGES }]);
    });

    test(name('messages of a megabyte'), async () => {
      const client = await open();
      await client.settled();
      const text = 'ж'.repeat((MAX_PAYLOAD - 200) / 2);
      assert.equal((await client.echo(text))[0], text);
      // Polling encodes bytes as base64.
      const bytes = Buffer.alloc(client.transport === 'websocket' ? MAX_PAYLOAD - 10 : 740_000, 0xa5);
      assert.equal(Buffer.compare(Buffer.from((await client.echo(bytes))[0]), bytes), 0);
    });

    test(name('namespaces: each has its own, an unknown one is refused'), async () => {
      const client = await open();
      const custom = client.of('/custom');
      await custom.connected();
      assert.deepEqual(await custom.echo('custom'), ['custom']);
      assert.deepEqual(await client.echo('main'), ['main']);
      const unknown = client.of('/unknown');
      const error = await unknown.refused();
      assert.equal(error.message, 'Invalid namespace');
      custom.socket.disconnect();
      assert.deepEqual(await client.echo('still'), ['still']);
    });

    test(name('a burst of 500 is echoed completely and in order'), async () => {
      const client = await open();
      for (const n of range(500)) client.socket.emit('message', n, n % 50 ? 'text' : Buffer.from([n % 256]));
      const back = await client.count('message-back', 500);
      assert.deepEqual(back.map(([n]) => n), range(500));
    });

    test(name('reconnects when its connection breaks, and works again'), async () => {
      const client = await open({ reconnectionDelay: 20, reconnectionDelayMax: 50 });
      await client.settled();
      client.breakConnection();
      assert.match(await client.disconnected(), /^transport (close|error)$/);
      await until('the reconnection', () => client.socket.connected);
      assert.deepEqual(await client.echo('again'), ['again']);
    });

    test(name('disconnect reasons'), async () => {
      const leaver = await open();
      leaver.socket.disconnect();
      assert.equal(await leaver.disconnected(), 'io client disconnect');

      const sentAway = await open({ reconnectionDelay: 20 });
      sentAway.socket.emit('disconnect-me');
      assert.equal(await sentAway.disconnected(), 'io server disconnect');

      const banned = await open({ reconnectionDelay: 20 });
      banned.socket.emit('close-me', 'closed_by_admin');
      const [error] = await banned.next('error');
      assert.equal(error.code, 'closed_by_admin');
      assert.equal(error.reconnect, false);
      assert.equal(await banned.disconnected(), 'io server disconnect');
      assert.equal(banned.socket.connected, false);

      const invited = await open({ reconnectionDelay: 20 });
      await invited.settled();
      invited.socket.emit('close-me', 'slow_client');
      assert.equal((await invited.next('error'))[0].reconnect, true);
      assert.match(await invited.disconnected(), /^transport (close|error)$/);
      await until('the reconnection', () => invited.socket.connected);
    });
  }

  test(`socket.io-client ${version}: 500 upgrades under load, none stuck`, { timeout: 120_000 }, async () => {
    const clients = range(500).map(() => new EchoClient(io, server.url, { transports: ['polling', 'websocket'] }));
    const echoes = clients.map(async (client, n) => {
      await client.connected();
      for (const round of range(5)) assert.deepEqual(await client.echo(n, round), [n, round]);
    });
    await Promise.all(echoes);
    await Promise.all(clients.map((client) => until('the upgrade', () => client.transport === 'websocket', { timeoutMs: 60_000 })));
    await Promise.all(clients.map(async (client) => assert.deepEqual(await client.echo('after'), ['after'])));
    assert.deepEqual(clients.flatMap((client) => client.disconnects), []);
  });
}

function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}
