// An instance that cannot read, cannot publish or missed events reports it, and its sockets are taken care of.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { Honest } from '../support/honest.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { metric } from '../support/metrics.mjs';
import { Redis } from '../support/redis.mjs';
import { SECRETS, SMALL_HEAP, Service } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const MINUTE = { timeout: 90_000 };
const LOSS = { timeoutMs: 20_000 };
const ARGS = ['--realtime.canary.interval=500ms', '--realtime.canary.lost-after=3s', '--realtime.continuity.close-within=1s'];

let redis;
let left;
let right;

/** An instance with its own Redis user. */
async function instance(user) {
  await redis.command('ACL', 'SETUSER', user, 'on', `>${redis.env.REDIS_PASSWORD}`, '~*', '&*', '+@all');
  return Service.start({ ...redis.env, ...SECRETS, REDIS_USERNAME: user, SPRING_DATA_REDIS_USERNAME: user }, { args: ARGS, flags: SMALL_HEAP });
}

before(async () => {
  redis = await Redis.start();
  left = await instance('left');
  right = await instance('right');
});
after(async () => {
  await left?.stop();
  await right?.stop();
  await redis?.stop('SIGKILL');
});
const test = testsOf(() => [left, right]);

async function deafen(user) {
  await redis.command('ACL', 'SETUSER', user, '-xread');
  await redis.command('CLIENT', 'KILL', 'USER', user);
}

const heal = (user) => redis.command('ACL', 'SETUSER', user, '+xread');

const problems = async ({ url }) => (await request(`${url}/health`)).json.problems.join(' ');
const probe = async ({ url }, name) => (await request(`${url}/actuator/health/${name}`)).status;
const well = (service) => until('all to be well', async () => !/canary|continuity/.test(await problems(service)) && (await probe(service, 'readiness')) === 200, LOSS);

/** The events with this mark that a socket received. */
const got = (client, mark) => client.broadcasts().map(([, payload]) => payload.id).filter((id) => String(id).startsWith(mark));

test('an instance that may not read reports it and leaves the balancer; healed, it returns and nothing is lost', MINUTE, async () => {
  const honest = await Honest.start(right);
  const client = await join(left, operator(17));
  const mark = unique('deaf');
  await deafen('left');
  await until('health to name the stage', async () => /canary_read: /.test(await problems(left)), LOSS);
  await until('readiness to fall', async () => (await probe(left, 'readiness')) === 503, LOSS);
  assert.equal(await probe(left, 'liveness'), 200);
  assert.equal(await probe(right, 'readiness'), 200);
  assert.doesNotMatch(await problems(right), /canary/);
  assert.equal(await metric(left, 'realtime_canary_lost', 'stage="read"'), 1);
  for (let n = 0; n < 5; n++) await accepted(left, 'call-new', { call: { id: `${mark}-${n}` }, rooms: ['operators'] });
  assert.deepEqual(got(client, mark), []);

  await heal('left');
  await well(left);
  await settled(right, client);
  assert.deepEqual(got(client, mark), [0, 1, 2, 3, 4].map((n) => `${mark}-${n}`));
  assert.deepEqual(client.disconnects, []);
  await honest.check();
});

test('if no instance may read, all report it and all stay in the balancer', MINUTE, async () => {
  const client = await join(right, operator(18));
  await Promise.all([deafen('left'), deafen('right')]);
  for (const service of [left, right]) {
    await until('health to name the stage', async () => /canary_read: /.test(await problems(service)), LOSS);
  }
  // While an instance's earlier announcement counts, another one could still leave.
  const end = Date.now() + 4_000;
  let ready = true;
  await until('some seconds to pass', async () => {
    for (const service of [left, right]) ready &&= (await probe(service, 'readiness')) === 200;
    return Date.now() > end;
  });
  assert.equal(ready, true);
  await Promise.all([heal('left'), heal('right')]);
  await Promise.all([well(left), well(right)]);
  assert.deepEqual(client.disconnects, []);
});

test('if nobody can publish, Redis\' error is reported, and all stay in the balancer', MINUTE, async () => {
  for (const user of ['left', 'right']) await redis.command('ACL', 'SETUSER', user, '-xadd');
  try {
    for (const service of [left, right]) {
      await until('health to name the stage', async () => /canary_publish: .*NOPERM/.test(await problems(service)), LOSS);
      assert.equal(await probe(service, 'readiness'), 200);
    }
  } finally {
    for (const user of ['left', 'right']) await redis.command('ACL', 'SETUSER', user, '+xadd');
  }
  await Promise.all([well(left), well(right)]);
});

test('events trimmed while an instance was frozen: it reports the loss, and its sockets reconnect and reload', MINUTE, async () => {
  const honest = await Honest.start(right);
  const client = await join(left, operator(19), { reconnectionDelay: 100, reconnectionDelayMax: 500 });
  left.freeze();
  try {
    for (let n = 0; n < 30; n++) await accepted(right, 'call-new', { call: { id: unique('gap') }, rooms: ['operators'] });
    await redis.command('XTRIM', 'events', 'MAXLEN', '5');
  } finally {
    left.thaw();
  }
  const { code, reconnect } = await client.event('error', undefined, LOSS);
  assert.deepEqual({ code, reconnect }, { code: 'continuity_lost', reconnect: true });
  await until('the client to be back', () => client.socket.connected && client.events.filter(({ name }) => name === 'connected').length === 2);
  assert.equal(client.disconnects.length, 1);
  assert.match(await problems(left), /continuity_lost: \d+ events were trimmed/);
  assert.equal(await metric(left, 'realtime_backplane_discontinuities_total', 'kind="gap"'), 1);
  await settled(left, client);
  await honest.check();
});
