// Three instances over one Redis, with events posted to any and clients on all.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Audience, Cluster, Posters } from '../support/cluster.mjs';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { broadcast, unique } from '../support/http.mjs';
import { Ledger } from '../support/ledger.mjs';
import { operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const CLIENTS = 24;
const MINUTES = { timeout: 480_000 };

let cluster;
before(async () => {
  cluster = await Cluster.start(3);
});
after(() => cluster?.stop());
const test = testsOf(() => cluster?.instances);

/** Posts 400 events before, 300 during and 300 after `disturb`; returns the ledger's verdict. */
async function run(seed, disturb) {
  const audience = await Audience.join(cluster, CLIENTS);
  const ledger = new Ledger();
  const posters = new Posters(cluster, ledger, seed);
  await posters.post(400);
  await Promise.all([posters.post(300), disturb(ledger)]);
  await posters.post(300);
  const members = await audience.results(cluster);
  return { sum: ledger.judge(members), members };
}

function faultless(sum) {
  const { missing, doubled, misordered, foreign, sharedIds, examples } = sum;
  assert.deepEqual({ missing, doubled, misordered, foreign, sharedIds }, {
    missing: 0, doubled: 0, misordered: 0, foreign: 0, sharedIds: 0,
  }, examples.join('\n'));
  assert.equal(sum.accepted, 1_000);
  assert.ok(sum.delivered > 5_000, `only ${sum.delivered} deliveries`);
}

function report(t, { examples: _, ...figures }) {
  t.diagnostic(JSON.stringify(figures));
}

test('1,000 events undisturbed: once to everybody entitled, in one order, and to nobody else', MINUTES, async (t) => {
  const { sum, members } = await run(1, async () => {});
  report(t, sum);
  faultless(sum);
  assert.equal(sum.refused, 0);
  assert.ok(members.every(({ complete }) => complete), 'somebody lost the connection');
});

test('1,000 events while Redis restarts: accepted events arrive once, in one order', MINUTES, async (t) => {
  const refusal = (ledger) => () => until('a post to be refused', () => ledger.refused > 0);
  const { sum, members } = await run(2, (ledger) => cluster.restartRedis('SIGTERM', refusal(ledger)));
  report(t, sum);
  faultless(sum);
  assert.ok(members.every(({ complete }) => complete), 'somebody lost the connection');
});

test('1,000 events while an instance is killed: clients of other instances miss nothing, its own get no duplicates', MINUTES, async (t) => {
  const { sum, members } = await run(3, () => cluster.replace(1));
  report(t, sum);
  faultless(sum);
  assert.ok(sum.refused > 0, 'nothing was posted to the killed instance');
  assert.ok(members.every(({ complete, index }) => complete === (index !== 1)), 'not the killed instance\'s clients lost the connection');
});

test('the same Idempotency-Key at all instances, concurrently and later: one event, one id', MINUTES, async () => {
  const client = await join(cluster.instances[2], operator(17));
  for (let n = 0; n < 20; n++) {
    const headers = { 'Idempotency-Key': unique('cluster') };
    const body = { call: { id: `same-${n}` }, rooms: ['operators'] };
    const post = (instance, fields = body) => broadcast(instance, 'call-new', fields, { headers });
    const answers = await Promise.all(cluster.instances.map((instance) => post(instance)));
    answers.push(await post(cluster.instances[n % 3]));
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200]);
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
    assert.equal(answers.filter((answer) => answer.headers['idempotent-replayed'] === undefined).length, 1);
    const other = await post(cluster.instances[(n + 1) % 3], { ...body, call: { id: `other-${n}` } });
    assert.equal(other.status, 422, other.text);
  }
  await settled(cluster.instances[0], client);
  const ids = client.broadcasts().map(([, { id }]) => id);
  assert.deepEqual(ids, Array.from({ length: 20 }, (_, n) => `same-${n}`));
});
