// The faults of a run. A fault chooses its details by the run's random numbers, describes itself, takes effect and
// ends.
import { pick } from '../support/traffic.mjs';
import { keyOf } from './ids.mjs';

const WAYS = [['up'], ['down'], []];

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const between = (next, least, most) => Math.round(least + next() * (most - least));
const named = (ways) => ways.join('') || 'both ways';

/** A random part of the list, at least one element. */
const some = (next, list, most) => {
  const rest = [...list];
  return Array.from({ length: between(next, 1, Math.min(most, list.length)) }, () => rest.splice(Math.floor(next() * rest.length), 1)[0]);
};

/** Disturbs a relay for a while. */
async function spoil(relay, ms, how) {
  how(relay);
  await sleep(ms);
  relay.mend();
}

/** Longer than an instance takes to drain. */
const END_LIMIT_MS = 60_000;

async function restart(place, signal) {
  await place.service.stop(signal, END_LIMIT_MS);
  await place.start();
}

/** Faults of the instances: their processes, and their links to the balancer. */
export const INSTANCE_FAULTS = {
  'kill an instance': (next, { places }) => {
    const place = pick(next, places);
    return { text: `SIGKILL to ${place.name}, and a new start`, run: () => restart(place, 'SIGKILL') };
  },
  'freeze an instance': (next, { places }) => {
    const place = pick(next, places);
    const ms = between(next, 1_000, 9_000);
    return {
      text: `SIGSTOP to ${place.name} for ${ms} ms`,
      async run() {
        place.service.freeze();
        await sleep(ms);
        place.service.thaw();
      },
    };
  },
  'restart an instance': (next, { places }) => {
    const place = pick(next, places);
    return { text: `SIGTERM to ${place.name}, and a new start`, run: () => restart(place, 'SIGTERM') };
  },
  'part an instance from its clients': (next, { places }) => {
    const place = pick(next, places);
    const ways = pick(next, WAYS);
    const ms = between(next, 500, 8_000);
    const lossy = next() < 0.5;
    return {
      text: `the link to ${place.name} ${lossy ? 'swallows' : 'holds'} ${named(ways)} for ${ms} ms`,
      run: () => spoil(place.front, ms, (relay) => (lossy ? relay.blackhole(...ways) : relay.freeze(...ways))),
    };
  },
  'slow an instance': (next, { places }) => {
    const place = pick(next, places);
    const delayMs = between(next, 20, 300);
    const ms = between(next, 1_000, 5_000);
    return { text: `the link to ${place.name} takes ${delayMs} ms longer, for ${ms} ms`, run: () => spoil(place.front, ms, (relay) => relay.slow({ delayMs })) };
  },
};

/** A rolling restart of all instances, which takes a while. */
export const ROLLING = {
  'roll all instances': (_, { places }) => ({
    text: 'SIGTERM to one instance after the other, and a new start of each',
    async run() {
      for (const place of places) await restart(place, 'SIGTERM');
    },
  }),
};

/** Faults of Redis, and of its links to the instances. */
export const REDIS_FAULTS = {
  'kill Redis': (next, { redis }) => {
    const signal = pick(next, ['SIGKILL', 'SIGTERM']);
    const ms = between(next, 0, 6_000);
    return {
      text: `${signal} to Redis, started again after ${ms} ms`,
      async run() {
        await redis.stop(signal);
        await sleep(ms);
        await redis.start();
      },
    };
  },
  'freeze Redis': (next, { redis }) => {
    const ms = between(next, 500, 5_000);
    return {
      text: `SIGSTOP to Redis for ${ms} ms`,
      async run() {
        redis.freeze();
        await sleep(ms);
        redis.thaw();
      },
    };
  },
  'part an instance from Redis': (next, { places }) => {
    const place = pick(next, places);
    const ways = pick(next, WAYS);
    const ms = between(next, 500, 10_000);
    const lossy = next() < 0.5;
    return {
      text: `the link between ${place.name} and Redis ${lossy ? 'swallows' : 'holds'} ${named(ways)} for ${ms} ms`,
      run: () => spoil(place.toRedis, ms, (relay) => (lossy ? relay.blackhole(...ways) : relay.freeze(...ways))),
    };
  },
  'cut an instance from Redis': (next, { places }) => {
    const place = pick(next, places);
    const ms = between(next, 0, 3_000);
    return { text: `the connections of ${place.name} to Redis are cut for ${ms} ms`, run: () => spoil(place.toRedis, ms, (relay) => relay.cut()) };
  },
};

/** Faults of one, some or all clients. */
export const CLIENT_FAULTS = {
  'drop clients': (next, { tabs }) => {
    const which = some(next, tabs, 4);
    return { text: `${labels(which)}: connection dropped`, run: async () => which.forEach(({ relay }) => relay.drop()) };
  },
  'drop a client in haste': (next, { tabs }) => {
    const tab = pick(next, tabs);
    const pauses = Array.from({ length: 6 }, () => between(next, 20, 250));
    return {
      text: `${tab.label}: connection dropped ${pauses.length} times, ${pauses} ms apart`,
      async run() {
        for (const ms of pauses) await spoil(tab.relay, ms, (relay) => relay.drop());
      },
    };
  },
  'drop all clients': (_, { tabs }) => ({ text: 'the connections of all clients dropped', run: async () => tabs.forEach(({ relay }) => relay.drop()) }),
  'cut clients off': (next, { tabs }) => {
    const which = some(next, tabs, 4);
    const ms = between(next, 500, 8_000);
    return { text: `${labels(which)}: cut off for ${ms} ms`, run: () => Promise.all(which.map(({ relay }) => spoil(relay, ms, () => relay.cut()))) };
  },
  'part clients': (next, { tabs }) => {
    const which = some(next, tabs, 4);
    const ways = pick(next, WAYS);
    const ms = between(next, 500, 8_000);
    const lossy = next() < 0.5;
    return {
      text: `${labels(which)}: the link ${lossy ? 'swallows' : 'holds'} ${named(ways)} for ${ms} ms`,
      run: () => Promise.all(which.map(({ relay }) => spoil(relay, ms, () => (lossy ? relay.blackhole(...ways) : relay.freeze(...ways))))),
    };
  },
  'close engines': (next, { tabs }) => {
    const which = some(next, tabs.filter(({ isJava }) => !isJava), 4);
    return { text: `${labels(which)}: closed by the client`, run: async () => which.forEach((tab) => tab.closeEngine()) };
  },
};

/** An absence longer than any session is kept. */
export const LONG_ABSENCE = {
  'keep a client away': (next, { tabs, windowMs }) => {
    const tab = pick(next, tabs);
    const ms = Math.round(windowMs * 1.3);
    return { text: `${tab.label}: cut off for ${ms} ms`, run: () => spoil(tab.relay, ms, (relay) => relay.cut()) };
  },
};

/** Faults of the stream itself. */
export const TRIMS = {
  'trim what is old': (_, { witness, windowMs }) => trim(witness, Math.round(windowMs * 1.6), 'which nobody may request any more'),
  'trim what is young': (next, { witness }) => trim(witness, between(next, 0, 4_000), 'which clients may still request'),
};

function trim(witness, ageMs, what) {
  const floor = keyOf(`${Date.now() - ageMs}-0`);
  return { text: `XTRIM of everything older than ${ageMs} ms, ${what}`, kind: 'trim', floor, run: () => witness.trim(floor) };
}

const labels = (tabs) => tabs.map(({ label }) => label).join(', ');
