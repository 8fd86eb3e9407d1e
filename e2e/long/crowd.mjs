// A crowd: thousands of people on three instances, and how long the statistics and the admin API take meanwhile.
// node long/crowd.mjs [--sockets 15000]
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cluster } from '../support/cluster.mjs';
import { request } from '../support/http.mjs';
import { jdkHome } from '../support/paths.mjs';
import { ADMIN_API_SECRET, adminToken, director, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { Line } from './soak/wire.mjs';

const CITIES = ['Саратов', 'Энгельс', 'Вольск', 'Балаково', 'Маркс'];
const AT_ONCE = 100;
const REPEATS = 60;
const PAGES = {
  'first page': 'size=100',
  'last page, sorted by name': (total) => `size=100&sort=-name&page=${Math.ceil(total / 100) - 1}`,
  'one user': 'user=7500',
  'one room': `room=${encodeURIComponent('city:Вольск')}&size=100`,
  'a text': 'text=operator%20149&size=100',
  'a thousand': 'size=1000',
};

const { values } = parseArgs({ options: { sockets: { type: 'string', default: '15000' } } });
const wanted = Number(values.sockets);
const cluster = await Cluster.start(3, { ADMIN_API_SECRET });
let failures = 0;
try {
  const lines = [];
  const began = Date.now();
  while (lines.length < wanted) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, wanted - lines.length) }, async () => {
      const userId = lines.length;
      const line = new Line(cluster.instances[userId % 3]);
      lines.push(line);
      await line.opened;
      const token = userId % 100 === 0 ? director(userId) : operator(userId, { cities: [CITIES[userId % CITIES.length]] });
      await line.identify(token);
    }));
    if (lines.length % 3_000 === 0) console.log(`${lines.length} sockets after ${Math.round((Date.now() - began) / 1000)} s`);
  }
  const seconds = (Date.now() - began) / 1000;
  console.log(`${wanted} sockets in ${seconds.toFixed(1)} s, ${Math.round(wanted / seconds)} a second`);

  const knownAt = Date.now();
  await until('every instance to know all', async () => (await Promise.all(cluster.instances.map(page))).every(({ total }) => total === wanted), { timeoutMs: 60_000 });
  console.log(`known on every instance ${Date.now() - knownAt} ms after the last one was connected`);

  // Warm-up: the first calls of a new JVM are not representative.
  for (let n = 0; n < 30; n++) for (const query of Object.values(PAGES)) await page(cluster.instances[n % 3], queryOf(query));

  const table = {};
  for (const [name, query] of Object.entries(PAGES)) {
    const times = [];
    let rows;
    for (let n = 0; n < REPEATS; n++) {
      const instance = cluster.instances[n % 3];
      const asked = performance.now();
      ({ connections: { length: rows } } = await page(instance, queryOf(query)));
      times.push(performance.now() - asked);
    }
    times.sort((a, b) => a - b);
    table[name] = { rows, 'p50 ms': round(times[REPEATS / 2]), 'p95 ms': round(times[Math.floor(REPEATS * 0.95)]), 'max ms': round(times.at(-1)) };
    if (times[REPEATS / 2] > 100) failures++;
  }
  console.table(table);

  const joins = [];
  for (let n = 0; n < 300; n++) {
    const asked = performance.now();
    const { success } = await lines[n * 7].ask('join-room', { room: `order:${n}` });
    if (!success && n % 100 !== 0) failures++;
    joins.push(performance.now() - asked);
  }
  joins.sort((a, b) => a - b);
  console.log(`join-room with acknowledgement: p50 ${round(joins[150])} ms, p95 ${round(joins[285])} ms`);

  console.table(Object.fromEntries(cluster.instances.map(({ pid }, n) => {
    execFileSync(join(jdkHome(), 'bin/jcmd'), [String(pid), 'GC.run'], { stdio: 'ignore' });
    const heap = execFileSync(join(jdkHome(), 'bin/jcmd'), [String(pid), 'GC.heap_info'], { encoding: 'utf8' });
    const used = /used (\d+)K/.exec(heap)[1];
    const rss = /VmRSS:\s+(\d+)/.exec(execFileSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8' }))[1];
    return [`instance ${n}`, { 'heap MB after GC': round(used / 1024), 'RSS MB': round(rss / 1024) }];
  })));
  const redis = await cluster.redis.command('DBSIZE');
  console.log(`keys in Redis: ${redis.slice(1)}`);
  lines.forEach((line) => line.close());
  const left = Date.now();
  await until('all to be gone everywhere', async () => (await Promise.all(cluster.instances.map(page))).every(({ total }) => total === 0), { timeoutMs: 60_000 });
  console.log(`gone from every instance after ${Date.now() - left} ms`);
} finally {
  await cluster.stop();
}
console.log(failures === 0 ? 'Every page was answered within 100 ms (p50).' : `${failures} were not.`);
process.exit(failures === 0 ? 0 : 1);

async function page(instance, query = 'size=1') {
  const answer = await request(`${instance.url}/api/v1/admin/stats/connections?${query}`, {
    headers: { Authorization: `Bearer ${adminToken('viewer')}` }, timeoutMs: 30_000,
  });
  if (answer.status !== 200) throw new Error(`${query} was answered ${answer.status}: ${answer.text}`);
  return answer.json.data;
}

function queryOf(query) {
  return typeof query === 'function' ? query(wanted) : query;
}

function round(number) {
  return Math.round(number * 10) / 10;
}
