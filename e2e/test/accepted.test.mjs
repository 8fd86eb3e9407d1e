// What accepted events survive under each setting of Redis, and what clients are told: the table in docs/operations.md.
// Its other lines are in long/accepted.mjs.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Stand, assertKeptWhole, assertToldToLoadAgain, copied } from '../support/accepted.mjs';
import { testsOf } from '../support/harness.mjs';
import { until } from '../support/wait.mjs';

const SOME = 200;
/** Number of pending posts, and of answers on their way. */
const UNDER_WAY = 8;
/** How long Redis postpones a write to its append-only file during an fsync, plus a second for a slow machine. */
const EVERYSEC_MS = 2_000 + 1_000;

let stand;
before(async () => {
  stand = await Stand.start();
});
after(() => stand?.stop());

const test = testsOf(() => stand.service);

/** One line of the table. */
const line = (name, body) => test(name, { timeout: 120_000 }, async (t) => {
  try {
    await body(t);
  } finally {
    await stand.clear();
  }
});

const among = (lost) => {
  const marks = new Set(lost.map(({ mark }) => mark));
  return ({ mark }) => marks.has(mark);
};

for (const appendfsync of ['always', 'no']) {
  line(`appendfsync ${appendfsync}, Redis killed: all accepted events survive, and clients notice nothing`, async () => {
    const here = await stand.begin(['--appendfsync', appendfsync]);
    assert.deepEqual(await stand.kill(here), []);
    await assertKeptWhole(here);
  });
}

line('appendfsync everysec, Redis killed: only events accepted in the last two seconds may be lost', async (t) => {
  const here = await stand.begin(['--appendfsync', 'everysec']);
  const lost = await stand.kill(here);
  t.diagnostic(`${lost.length} of ${here.load.accepted.length} are gone`);
  assert.deepEqual(lost.filter(({ at }) => at < here.load.killedAt - EVERYSEC_MS), []);
  if (lost.length === 0) await assertKeptWhole(here);
  else await assertToldToLoadAgain(here);
});

line('no persistence, Redis killed: everything is lost, and clients are told to reload', async () => {
  const here = await stand.begin(['--appendonly', 'no', '--save', '']);
  const lost = await stand.kill(here);
  assert.equal(lost.length, here.load.accepted.length);
  await assertToldToLoadAgain(here);
});

line('snapshots alone, Redis killed: later events are lost, and clients are told to reload', async () => {
  const here = await stand.begin(['--appendonly', 'no', '--save', '3600 1']);
  const { redis, load } = here;
  const before = load.accepted.length;
  await redis.command('BGSAVE');
  await until('the snapshot', async () => (await redis.info('persistence')).rdb_bgsave_in_progress === '0');
  const saved = load.accepted.length;
  await load.more(SOME);
  const isLost = among(await stand.kill(here));
  assert.equal(load.accepted.slice(0, before).some(isLost), false, 'what was accepted before the snapshot');
  assert.equal(load.accepted.slice(saved + UNDER_WAY).every(isLost), true, 'what was accepted after it');
  await assertToldToLoadAgain(here);
});

line('a fail-over to a replica that has everything: nothing is lost, and clients notice nothing', async () => {
  const here = await stand.beginPair();
  await here.load.stop();
  await copied(here);
  assert.deepEqual(await stand.failOver(here), []);
  await assertKeptWhole(here);
});

line('a fail-over to a replica that lags: events it did not have are lost, and clients are told to reload', async () => {
  const here = await stand.beginPair();
  const { load, relay } = here;
  const before = await copied(here);
  relay.freeze('down');
  const frozen = load.accepted.length;
  await load.more(SOME);
  const isLost = among(await stand.failOver(here));
  assert.equal(load.accepted.slice(0, before).some(isLost), false, 'what the replica had');
  assert.equal(load.accepted.slice(frozen + UNDER_WAY).every(isLost), true, 'what was accepted since');
  await assertToldToLoadAgain(here);
});

line('min-replicas-to-write: with a silent replica no more events are accepted, and those accepted before the master noticed may be lost', async () => {
  const here = await stand.beginPair(['--min-replicas-max-lag', '1']);
  const { load, redis, relay } = here;
  await redis.command('CONFIG', 'SET', 'min-replicas-to-write', '1');
  await load.more(SOME);
  const before = await copied(here);
  relay.freeze();
  const frozen = load.accepted.length;
  await until('the master to refuse', () => load.refused.length > 0, { timeoutMs: 30_000 });
  const accepted = load.accepted.length;
  await until('more refusals', () => load.refused.length >= 2 * UNDER_WAY, { timeoutMs: 30_000 });
  for (const refusal of load.refused) assert.deepEqual(refusal, { status: 503, code: 'backplane_read_only' });
  assert.ok(load.accepted.length <= accepted + UNDER_WAY, `${load.accepted.length - accepted} more were accepted`);
  const isLost = among(await stand.failOver(here));
  assert.equal(load.accepted.slice(0, before).some(isLost), false, 'what the replica had');
  assert.equal(load.accepted.slice(frozen + UNDER_WAY).every(isLost), true, 'what was accepted before the master noticed');
  await assertToldToLoadAgain(here);
});

line('the service does not wait for replicas', async () => {
  const { load, redis } = await stand.begin();
  await load.stop();
  const commands = await redis.info('commandstats');
  assert.ok(commands.cmdstat_xadd, Object.keys(commands).join());
  assert.equal(commands.cmdstat_wait, undefined);
});
