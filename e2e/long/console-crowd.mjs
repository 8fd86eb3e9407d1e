// The console with ten thousand sockets: does its table scroll, filter and stay live, how much does it request from the
// service, and how much memory does it take meanwhile?
// node long/console-crowd.mjs [--sockets 10000] [--minutes 2]
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Console, Person, startBrowser } from '../support/console.mjs';
import { metric } from '../support/metrics.mjs';
import { Redis } from '../support/redis.mjs';
import { jdkHome } from '../support/paths.mjs';
import { SECRETS, Service } from '../support/service.mjs';
import { ADMIN_API_SECRET, operator } from '../support/tokens.mjs';
import { Line } from './soak/wire.mjs';

const AT_ONCE = 100;
const SESSIONS = 3;
const CITIES = ['Саратов', 'Энгельс', 'Вольск', 'Балаково', 'Маркс'];
const HEAP_LIMIT_MB = 512;
let next = 0;

const { values } = parseArgs({ options: { sockets: { type: 'string', default: '10000' }, minutes: { type: 'string', default: '2' } } });
const wanted = Number(values.sockets);
const redis = await Redis.start();
const service = await Service.start({ ...redis.env, ...SECRETS, ADMIN_API_SECRET });
const console_ = await Console.start(redis, [service.url], { flags: ['-Xmx512m'] });
const browser = await startBrowser();
const failures = [];
const check = (holds, what) => {
  console.log(`${holds ? '  ok' : '  NOT OK'}: ${what}`);
  if (!holds) failures.push(what);
};
try {
  const lines = [];
  while (lines.length < wanted) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, wanted - lines.length) }, () => join_(lines)));
  }
  console.log(`${lines.length} sockets`);

  const anna = await Person.with(browser, console_);
  await anna.logIn('admin');
  await anna.page.locator('.view').waitFor();
  const others = [];
  for (let n = 1; n < SESSIONS; n++) {
    const other = await Person.with(browser, console_);
    await other.logIn('viewer');
    await other.page.locator('.view').waitFor();
    await other.open('connections');
    others.push(other);
  }
  await anna.open('connections');
  await anna.reads(`Found: ${wanted.toLocaleString('en-GB')}`);
  check(true, 'all of them are found');

  // Sockets connect and disconnect all the time.
  let going = true;
  const churn = (async () => {
    while (going) {
      const line = lines.splice(Math.floor(Math.random() * lines.length), 1)[0];
      line.close();
      await join_(lines);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();

  const before = await asked();
  const began = Date.now();
  const grid = anna.page.locator('vaadin-grid').first();
  const times = [];
  let heap = 0;
  for (let n = 0; Date.now() - began < Number(values.minutes) * 60_000; n++) {
    const row = Math.floor(Math.random() * (wanted - 50));
    const started = performance.now();
    await grid.evaluate((element, index) => element.scrollToIndex(index), row);
    await anna.page.waitForFunction(() => {
      const shown = document.querySelector('vaadin-grid');
      return !shown.loading && !shown.hasAttribute('loading');
    });
    times.push(performance.now() - started);
    heap = Math.max(heap, await heapMb());
    await new Promise((resolve) => setTimeout(resolve, 2_500));
  }
  const seconds = (Date.now() - began) / 1000;
  const pages = await asked() - before;
  times.sort((a, b) => a - b);
  console.log(`scrolled ${times.length} times: p50 ${Math.round(times[times.length >> 1])} ms, worst ${Math.round(times.at(-1))} ms`);
  console.log(`requests to the statistics: ${(pages / seconds).toFixed(2)} a second with ${SESSIONS} browser sessions`);
  // The console's own polling is two small requests every 2 s.
  check((pages / seconds - 1) / SESSIONS <= 1.05, 'no more than a page a second for each browser session');
  check(heap < HEAP_LIMIT_MB, `heap at most ${heap} MB, which is less than ${HEAP_LIMIT_MB}`);
  const used = heapMb(true);
  console.log(`live objects after a full collection: ${used} MB`);

  const filtering = performance.now();
  await anna.page.getByLabel('Search').fill('city:Вольск');
  await anna.page.getByText(/Found: [\d,]+ of/).first().waitFor();
  console.log(`filtered after ${Math.round(performance.now() - filtering)} ms`);
  await anna.page.getByLabel('Search').fill('');
  await grid.evaluate((element) => element.scrollToIndex(0));
  const newest = await join_(lines, 'Newcomer of the hour');
  const seen = performance.now();
  await anna.reads('Newcomer of the hour');
  console.log(`a new socket was seen after ${Math.round(performance.now() - seen)} ms`);
  newest.close();
  await anna.readsNoMore('Newcomer of the hour');
  check(true, 'it stays live: sockets appear and disappear');
  check(anna.faults.length === 0, `no faults in the browser ${anna.faults.slice(0, 3)}`);
  going = false;
  await churn;
  lines.forEach((line) => line.close());
} finally {
  await browser.close();
  await console_.stop();
  await service.stop();
  await redis.stop('SIGKILL');
}
console.log(failures.length === 0 ? 'The console holds.' : `${failures.length} checks failed.`);
process.exit(failures.length === 0 ? 0 : 1);

async function join_(lines, name) {
  const userId = 100_000 + next++;
  const line = new Line(service);
  lines.push(line);
  await line.opened;
  await line.identify(operator(userId, { name: name ?? `Оператор ${userId}`, cities: [CITIES[userId % CITIES.length]] }));
  return line;
}


/** How many requests the statistics of the admin API have answered. */
async function asked() {
  let sum = 0;
  for (const uri of ['/api/v1/admin/stats/connections', '/api/v1/admin/stats/rooms']) {
    sum += await metric(service, 'http_server_requests_seconds_count', `uri="${uri}"`);
  }
  return sum;
}

/** Used heap, in whole MB; after a full collection when asked for. */
function heapMb(collected = false) {
  const jcmd = (...args) => execFileSync(join(jdkHome(), 'bin/jcmd'), [String(console_.pid), ...args], { encoding: 'utf8' });
  if (collected) jcmd('GC.run');
  return Math.round(Number(/used (\d+)K/.exec(jcmd('GC.heap_info'))[1]) / 1024);
}
