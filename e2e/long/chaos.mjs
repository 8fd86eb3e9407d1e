// The long run: events without end while Redis is restarted and instances are killed, again and again.
// node long/chaos.mjs [--events 20000] [--redis-restarts 10] [--instance-kills 10] [--clients 24] [--seed 1] [--minutes 30]
import { parseArgs } from 'node:util';
import { closeClients } from '../support/clients.mjs';
import { Audience, Cluster, Posters } from '../support/cluster.mjs';
import { Ledger } from '../support/ledger.mjs';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    'redis-restarts': { type: 'string', default: '10' },
    'instance-kills': { type: 'string', default: '10' },
    clients: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '30' },
  },
});
const [events, restarts, kills, clients, seed, minutes] =
  ['events', 'redis-restarts', 'instance-kills', 'clients', 'seed', 'minutes'].map((name) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number`);
    return value;
  });

// What hangs is ended; the guards of the processes end those when this one is gone.
const bound = setTimeout(() => {
  console.error(`The run was not over after ${minutes} minutes.`);
  process.exit(2);
}, minutes * 60_000);

const cluster = await Cluster.start(3);
try {
  const sum = await chaos();
  const { posted, refused, delivered, missing, doubled, misordered, foreign, sharedIds, examples } = sum;
  console.table({ posted, refused, delivered, missing, doubled, 'out of order': misordered, foreign, 'ids shared': sharedIds });
  examples.forEach((example) => console.error(example));
  process.exitCode = missing + doubled + misordered + foreign + sharedIds === 0 ? 0 : 1;
} finally {
  closeClients();
  await cluster.stop();
  clearTimeout(bound);
}

/** Half of the events while something is being disturbed, half in between. */
async function chaos() {
  const audience = await Audience.join(cluster, clients);
  const ledger = new Ledger();
  const posters = new Posters(cluster, ledger, seed);
  const turns = disturbances();
  const share = Math.floor(events / (2 * turns.length + 1));
  for (const [n, { what, disturb }] of turns.entries()) {
    await posters.post(share);
    console.log(`${n + 1} of ${turns.length}: ${what}; ${ledger.posted} events were posted`);
    await Promise.all([posters.post(share), disturb()]);
  }
  await posters.post(events - ledger.posted);
  return ledger.judge(await audience.results(cluster));
}

/** By turns, as long as there are some of both. Instance 0 is never killed: its clients must miss nothing. */
function disturbances() {
  const redis = Array.from({ length: restarts }, (_, n) => {
    const signal = n % 2 === 0 ? 'SIGTERM' : 'SIGKILL';
    return { what: `Redis gets ${signal} and is started again`, disturb: () => cluster.restartRedis(signal) };
  });
  const instances = Array.from({ length: kills }, (_, n) => {
    const index = 1 + (n % 2);
    return { what: `instance ${index} is killed and started anew`, disturb: () => cluster.replace(index) };
  });
  const turns = [];
  while (redis.length + instances.length > 0) turns.push(...redis.splice(0, 1), ...instances.splice(0, 1));
  return turns;
}
