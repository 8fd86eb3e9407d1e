// Three instances behind a balancer without sticky sessions: clients do not notice.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Balancer } from '../support/balancer.mjs';
import { Client, join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted, request } from '../support/http.mjs';
import { RawPolling } from '../support/raw.mjs';
import { SECRETS, Service, ownService } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const CLIENTS = 30;
const EVENTS = 200;

let services = [];
let balancer;
before(async () => {
  const { redis, service } = await ownService();
  services = [service];
  for (let n = 0; n < 2; n++) services.push(await Service.start({ ...redis.env, ...SECRETS }));
  balancer = await Balancer.start(() => services);
});
after(async () => {
  balancer?.stop();
  await Promise.all(services.map((service) => service.stop()));
});
const test = testsOf(() => services);

const ids = (client) => client.broadcasts().map(([, payload]) => payload.id);
const range = (n) => Array.from({ length: n }, (_, i) => i);

for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  test(`${transports.join(', then ')}: ${CLIENTS} clients get ${EVENTS} events once and in order`, { timeout: 120_000 }, async () => {
    const clients = await Promise.all(range(CLIENTS).map((n) => join(balancer, operator(n), { transports })));
    const firstOf = clients.map((client) => client.socket.id);
    for (const id of range(EVENTS)) await accepted(balancer, 'call-new', { call: { id }, rooms: ['operators'] });
    await until('the transport', () => clients.every((client) => client.transport === transports.at(-1)));
    await settled(balancer, ...clients);
    for (const client of clients) {
      assert.deepEqual(ids(client), range(EVENTS));
      assert.deepEqual(client.disconnects, []);
    }
    assert.deepEqual(clients.map((client) => client.socket.id), firstOf);
    assert.equal(balancer.served.size, 3);
  });
}

test('the session of a killed instance is unknown everywhere, and the stock client starts a new one', { timeout: 90_000 }, async () => {
  const [home] = services;
  const sessionless = await RawPolling.handshake(home);
  const path = `/socket.io/?EIO=4&transport=polling&sid=${sessionless.sid}`;
  const clients = [];
  for (const n of range(9)) {
    clients.push(new Client(balancer.url, { auth: { token: operator(n) }, transports: [n % 2 ? 'polling' : 'websocket'] }));
  }
  await Promise.all(clients.map((client) => client.connected()));
  services = services.slice(1);
  await home.stop('SIGKILL');
  for (const { url } of services) {
    const answer = await request(url + path, { headers: { Origin: url } });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json, { code: 1, message: 'Session ID unknown' });
    assert.equal(answer.headers['access-control-allow-origin'], url);
  }
  // Repeatedly, since an event that arrives while a client is away is lost for it.
  await until('all to get events again', async () => {
    await accepted(balancer, 'call-new', { call: { id: 'after' }, rooms: ['operators'] });
    return clients.every((client) => ids(client).includes('after'));
  }, { timeoutMs: 30_000, everyMs: 300 });
  assert.ok(clients.some((client) => client.disconnects.length > 0));
});
