// The soak test: sockets connect, disconnect, upgrade and misbehave against one service; afterwards it holds as many
// resources as before.
// node long/soak.mjs [--minutes 10] [--sockets 5000] [--controls 50] [--warm-up 120]
import { parseArgs } from 'node:util';
import { Redis } from '../support/redis.mjs';
import { SECRETS, Service } from '../support/service.mjs';
import { Gauges, JVM, growth } from './soak/gauges.mjs';
import { round } from './soak/round.mjs';
import { badLines, comparison, notBack, warnings } from './soak/verdict.mjs';

const LOG_LINES = 60;
/** On a busy machine, slow clients must not look like silent ones. */
const PATIENCE = { REALTIME_SOCKET_ADMISSIONTIMEOUT: '30s', REALTIME_ENGINE_UPGRADETIMEOUT: '30s' };

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    sockets: { type: 'string', default: '5000' },
    controls: { type: 'string', default: '50' },
    // Seconds until classes, pools and caches have their final size.
    'warm-up': { type: 'string', default: '120' },
  },
});
const [minutes, sockets, controls, warmUp] = ['minutes', 'sockets', 'controls', 'warm-up'].map((name) => {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number, 1 at least`);
  return value;
});

const redis = await Redis.start();
let service;
let wrong;
try {
  service = await Service.start({ ...redis.env, ...SECRETS, ...JVM, ...PATIENCE });
  wrong = await soak();
} catch (error) {
  if (service) console.error(`--- the end of the output of the service:\n${service.output.split('\n').slice(-LOG_LINES).join('\n')}`);
  throw error;
} finally {
  await service?.stop();
  await redis.stop('SIGKILL');
}
warnings(service.output).forEach((line) => console.log(line));
wrong.push(...badLines(service.output));
wrong.forEach((what) => console.error(what));
console.log(wrong.length === 0 ? 'Everything is as it was.' : `${wrong.length} things are wrong.`);
process.exit(wrong.length === 0 ? 0 : 1);

async function soak() {
  const gauges = new Gauges(service, redis);
  console.log(`warm-up: ${warmUp} s with ${sockets} sockets`);
  const warm = await round(service, gauges, { seconds: warmUp, sockets, controls });
  const before = await gauges.atRest();
  const counted = await gauges.metrics();

  console.log(`the run: ${minutes} min with ${sockets} sockets`);
  const { peak, crowd, sum, wrong: found } = await round(service, gauges, { seconds: minutes * 60, sockets, controls });
  const after = await gauges.atRest();

  console.table(crowd.table());
  console.table(counts(counted, await gauges.metrics()));
  const { examples: _, ...figures } = sum;
  console.table(figures);
  console.table(comparison(before.figures, peak, after.figures));
  const left = notBack(before.figures, after.figures);
  if (left.length > 0) console.table(growth(before.histogram, after.histogram));
  return [...warm.wrong.map((what) => `warm-up: ${what}`), ...found, ...left];
}

/** How often the service refused, closed and ended something, by its own counters. */
function counts(before, after) {
  const abuse = /^realtime_(sockets_closed|sockets_refused|engine_refused|engine_ended|frontdoor_refused)_total/;
  return Object.fromEntries([...after].filter(([name]) => abuse.test(name)).map(([name, value]) => [name, value - (before.get(name) ?? 0)]));
}
