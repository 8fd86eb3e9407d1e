// Bodies that are slow, endless, or sent with a wrong token must not stop honest posts or probes.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import net from 'node:net';
import { Honest } from '../support/honest.mjs';
import { onClose, testsOf } from '../support/harness.mjs';
import { request } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { RawPolling } from '../support/raw.mjs';
import { ownService } from '../support/service.mjs';
import { WEBHOOK_TOKEN, operator } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

const SECONDS = Number(process.env.HARDENING_SECONDS ?? 6);
const MEGABYTE = 1_000_000;
const CALL_NEW = '/api/v1/broadcast/call-new';
const PROBES = ['/actuator/health/liveness', '/actuator/health/readiness', '/health'];

let service;
before(async () => {
  ({ service } = await ownService({ REALTIME_FRONTDOOR_BODYTIMEOUT: '2s' }, { flags: ['-Xmx256m'] }));
});
const test = testsOf(() => service);

const post = (path, headers) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`;
const withLength = (path, length) => post(path, `Content-Length: ${length}`);
const chunked = (path) => post(path, 'Transfer-Encoding: chunked');

/**
 * A connection that sends `first` and then `more` repeatedly; `answer` resolves with everything received by its end.
 */
function trickle(first, more, everyMs = 200) {
  const socket = net.connect(service.port, '127.0.0.1');
  let got = '';
  socket.on('error', () => {});
  socket.on('data', (data) => { got += data.toString('latin1'); });
  socket.write(first);
  const timer = setInterval(() => socket.writable && socket.write(more), everyMs);
  const answer = new Promise((resolve) => socket.on('close', () => {
    clearInterval(timer);
    resolve(got);
  }));
  onClose(() => socket.destroy());
  return { socket, answer, get got() { return got; } };
}

const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const seconds = (n) => new Promise((resolve) => setTimeout(resolve, n * 1000));

const held = () => metric(service, 'realtime_frontdoor_bodies_held_bytes');

async function memoryComesBack() {
  await until('the memory of bodies to come back', async () => (await held()) === 0, { timeoutMs: 20_000 });
  assert.ok(service.running);
}

test('70 slow bodies of a megabyte without a token: no honest post is refused', async () => {
  const honest = await Honest.start(service);
  const bodies = times(70, (i) => trickle(
    withLength(CALL_NEW, MEGABYTE) + ' '.repeat(i % 2 ? 200_000 : MEGABYTE - 5_000), ' ', 500));
  await seconds(SECONDS);
  const { posts } = await honest.check();
  assert.ok(posts > SECONDS * 5, `${posts} posts`);
  const ended = bodies.filter(({ got }) => /^HTTP\/1\.1 (408|503)/.test(got));
  assert.ok(ended.length > 0, 'the slowest are ended');
  assert.ok(await held() > 0);
  for (const { socket } of bodies) socket.destroy();
  await memoryComesBack();
});

test('600 slow chunked bodies: probes, honest posts and other requests are answered', async () => {
  const honest = await Honest.start(service);
  const paths = ['/health', '/api/v1/admin/notifications', '/api/v1/nothing', CALL_NEW];
  const bodies = times(600, (i) => trickle(`${chunked(paths[i % paths.length])}1\r\n{\r\n`, '1\r\n \r\n', 1_000));
  const end = Date.now() + SECONDS * 1000;
  let probes = 0;
  while (Date.now() < end) {
    for (const path of PROBES) {
      const began = performance.now();
      const answer = await request(service.url + path, { timeoutMs: 2_000 });
      assert.equal(answer.status, 200, path);
      assert.ok(performance.now() - began < 2_000, path);
      probes++;
    }
    assert.equal((await request(`${service.url}/api/v1/stats/connections`, { timeoutMs: 5_000 })).status, 200);
    await seconds(0.2);
  }
  assert.ok(probes > 10, `${probes} probes`);
  await honest.check();
  for (const { socket } of bodies) socket.destroy();
  await memoryComesBack();
});

test('a body that stops before its end is ended within seconds, however fast it began', { timeout: 60_000 }, async () => {
  const { sid } = await RawPolling.handshake(service);
  const bodies = [
    trickle(withLength(CALL_NEW, MEGABYTE) + ' '.repeat(900_000), ' ', 1_000),
    trickle(withLength(`/socket.io/?EIO=4&transport=polling&sid=${sid}`, 30_000) + ' '.repeat(20_000), ' ', 1_000),
    trickle(withLength('/api/v1/admin/notifications', MEGABYTE) + ' '.repeat(900_000), ' ', 1_000),
  ];
  for (const answer of await within(40_000, 'the ends', Promise.all(bodies.map(({ answer }) => answer)))) {
    // An earlier answer about an ended session or an unknown path is fine too.
    assert.match(answer, /^HTTP\/1\.1 (408|400|404)/);
  }
});

test('a wrong token in a header is answered with 401 before the body, even if the client reads late', async () => {
  const body = Buffer.alloc(3 * MEGABYTE / 2, ' ');
  const statuses = await Promise.all(times(100, async (i) => {
    const socket = net.connect(service.port, '127.0.0.1');
    onClose(() => socket.destroy());
    socket.pause();
    const failed = new Promise((_, reject) => socket.on('error', reject));
    failed.catch(() => {});
    const length = i % 2 ? MEGABYTE : body.length;
    const token = i % 3 ? 'X-Webhook-Token: wrong' : `Authorization: Bearer ${operator(17)}`;
    socket.write(post(CALL_NEW, `${token}\r\nContent-Length: ${length}`));
    await Promise.race([failed, new Promise((resolve) => socket.write(body.subarray(0, length), resolve))]);
    let got = '';
    const answered = new Promise((resolve) => socket.on('data', (data) => {
      got += data.toString('latin1');
      if (got.includes('token_invalid')) resolve(got.slice(9, 12));
    }));
    socket.resume();
    return within(15_000, 'the answer', Promise.race([failed, answered]));
  }));
  assert.deepEqual([...new Set(statuses)], ['401']);
});

test('Expect: 100-continue: the final answer instead of a 100 if the head decides it, otherwise a 100', async () => {
  for (const [headers, status] of [
    ['X-Webhook-Token: wrong\r\nContent-Length: 500000', 401],
    ['X-Webhook-Token: wrong\r\nTransfer-Encoding: chunked', 401],
    ['Content-Length: 1100000', 413],
    [`X-Webhook-Token: ${WEBHOOK_TOKEN}\r\nContent-Length: 500000`, 100],
    ['Content-Length: 500000', 100],
  ]) {
    const socket = net.connect(service.port, '127.0.0.1').on('error', () => {});
    onClose(() => socket.destroy());
    socket.write(post(CALL_NEW, `Expect: 100-continue\r\n${headers}`));
    const answer = new Promise((resolve) => socket.once('data', (data) => resolve(data.toString('latin1'))));
    assert.match(await within(5_000, 'the answer', answer), new RegExp(`^HTTP/1\\.1 ${status} `), headers);
  }
});
