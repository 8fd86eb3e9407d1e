// The slow lines of the table "what accepted survives" in docs/operations.md: many kills, a disk that is slow to confirm, a
// cut of the machine's power as far as processes can show it, and what WAIT would cost. Linux, a C compiler, and a
// redis-server that is dynamically linked (REDIS_SERVER, else the one on the path).
// node long/accepted.mjs [--rounds 20]
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { closeClients } from '../support/clients.mjs';
import { scratchFolder } from '../support/paths.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number above 0');

process.env.REDIS_SERVER ??= execFileSync('sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).trim();
const { Redis } = await import('../support/redis.mjs');
const { Stand, copied } = await import('../support/accepted.mjs');
const { until } = await import('../support/wait.mjs');

const folder = scratchFolder('confirmed');
const library = join(folder, 'confirmed.so');
execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, fileURLToPath(new URL('accepted/confirmed.c', import.meta.url)), '-ldl']);
const confirmed = join(folder, 'confirmed');

/** How long Redis waits for a running fsync before it writes anyway, plus a second for a slow machine. */
const PUT_OFF_MS = 2_000 + 1_000;

const lines = [];
const broken = [];

/** @param promise what the table says; false if it did not hold */
function line(name, { load, lost }, promise) {
  const last = load.accepted.at(-1)?.at ?? load.killedAt;
  const oldest = lost.length === 0 ? 0 : Math.max(last, load.killedAt) - Math.min(...lost.map(({ at }) => at));
  const text = `${name}: ${load.accepted.length} accepted, ${lost.length} gone${lost.length ? `, the oldest ${Math.round(oldest)} ms old` : ''}`;
  lines.push(text);
  console.log(text);
  if (!promise) {
    broken.push(name);
    console.error('  which exceeds what the table promises');
  }
}

const stand = await Stand.start();

/** Runs one line and closes what it has opened. */
async function on(body) {
  try {
    await body();
  } finally {
    closeClients();
    await stand.clear();
  }
}

try {
  for (const appendfsync of ['always', 'everysec', 'no']) await on(() => kills(appendfsync));
  await on(slowDisk);
  for (const appendfsync of ['always', 'everysec', 'no']) await on(() => powerCut(appendfsync));
  await on(waiting);
} finally {
  await stand.stop();
}
console.log(`\n${lines.join('\n')}`);
console.log(broken.length === 0 ? 'All promises held.' : `Broken promises: ${broken.join('; ')}`);
process.exit(broken.length === 0 ? 0 : 1);

/** Repeated SIGKILL under load. */
async function kills(appendfsync) {
  const all = { accepted: [], killedAt: 0 };
  const gone = [];
  let recent = true;
  for (let round = 0; round < rounds; round++) {
    const here = await stand.begin(['--appendfsync', appendfsync], 50 + 40 * (round % 5));
    const lost = await stand.kill(here);
    recent &&= lost.every(({ at }) => at > here.load.killedAt - PUT_OFF_MS);
    all.accepted.push(...here.load.accepted);
    all.killedAt = here.load.killedAt;
    gone.push(...lost);
    closeClients();
    await stand.clear();
  }
  line(`appendfsync ${appendfsync}, Redis killed ${rounds} times`, { load: all, lost: gone },
    appendfsync === 'everysec' ? recent : gone.length === 0);
}

/** Redis postpones writes during an fsync, so that a kill then loses what was only in its memory. */
async function slowDisk() {
  const here = await stand.begin(['--appendfsync', 'everysec'], 1, preload({ CONFIRMED_DELAY_MS: '1500' }));
  await until('some seconds of posts', () => here.load.accepted.at(-1).at > here.load.accepted[0].at + 6_000, { timeoutMs: 60_000 });
  await until('a write that is put off', async () => (await here.redis.info('persistence')).aof_pending_bio_fsync !== '0');
  await here.load.more(50);
  const lost = await stand.kill(here);
  line('appendfsync everysec, a disk that takes 1.5 s to confirm, Redis killed', { load: here.load, lost },
    lost.every(({ at }) => at > here.load.killedAt - PUT_OFF_MS));
}

/**
 * After SIGKILL, truncates the append-only file to what fdatasync had confirmed: the rest would be lost with the power.
 * Whether the disk keeps what it has confirmed cannot be tested.
 */
async function powerCut(appendfsync) {
  rmSync(confirmed, { force: true });
  const here = await stand.begin(['--appendfsync', appendfsync], 1, preload({}));
  await until('some seconds of posts', () => here.load.accepted.at(-1).at > here.load.accepted[0].at + 5_000, { timeoutMs: 60_000 });
  const lost = await stand.kill(here, () => cutOff(here.redis));
  line(`appendfsync ${appendfsync}, what the disk had not confirmed is cut off`, { load: here.load, lost }, {
    always: lost.length === 0,
    everysec: lost.every(({ at }) => at > here.load.killedAt - PUT_OFF_MS),
    no: true,
  }[appendfsync]);
}

function preload(more) {
  return { LD_PRELOAD: library, CONFIRMED_FILE: confirmed, ...more };
}

function cutOff(redis) {
  const file = join(redis.folder, 'appendonlydir/appendonly.aof.1.incr.aof');
  const ofFile = existsSync(confirmed)
    ? readFileSync(confirmed, 'utf8').split('\n').filter((one) => one.endsWith(` ${file}`)).map((one) => Number(one.split(' ', 1)[0]))
    : [];
  truncateSync(file, ofFile.at(-1) ?? 0);
}

/** How much longer each XADD would take if the service used WAIT for a replica. */
async function waiting() {
  const here = await stand.beginPair(['--appendfsync', 'everysec']);
  await here.load.stop();
  await copied(here);
  const add = ['XADD', 'wait-test', '*', 'payload', 'x'.repeat(450)];
  // The answers end with two and with one line break.
  for (const [name, words, breaks] of [['XADD alone', [add], 2], ['XADD and WAIT 1 0', [add, ['WAIT', '1', '0']], 3]]) {
    const took = (await timed(here.redis, words, breaks)).sort((a, b) => a - b);
    const text = `${name}, one after the other: p50 ${took[500].toFixed(2)} ms, p99 ${took[990].toFixed(2)} ms`;
    lines.push(text);
    console.log(text);
  }
}

/** How many milliseconds each of a thousand such pipelines took. */
async function timed(redis, commands, breaks) {
  const encode = (words) => `*${words.length}\r\n${words.map((w) => `$${w.length}\r\n${w}\r\n`).join('')}`;
  const socket = connect(redis.port, redis.host).setEncoding('utf8').setNoDelay();
  const ask = (text, ends) => new Promise((resolve) => {
    let seen = 0;
    const onData = (data) => {
      seen += data.split('\r\n').length - 1;
      if (seen < ends) return;
      socket.off('data', onData);
      resolve();
    };
    socket.on('data', onData).write(text);
  });
  await ask(encode(['AUTH', 'tests', Redis.passwordOf('tests')]), 1);
  const text = commands.map(encode).join('');
  const took = [];
  for (let n = 0; n < 1_000; n++) {
    const begun = performance.now();
    await ask(text, breaks);
    took.push(performance.now() - begun);
  }
  socket.destroy();
  return took;
}
