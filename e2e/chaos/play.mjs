// One run: a stage with clients, posters and faults for some time; then calm, and the verdict.
import { accepted } from '../support/http.mjs';
import { random } from '../support/traffic.mjs';
import { until } from '../support/wait.mjs';
import { CLIENT_FAULTS, INSTANCE_FAULTS, LONG_ABSENCE, REDIS_FAULTS, ROLLING, TRIMS } from './faults.mjs';
import { JavaTabs } from './java-tabs.mjs';
import { Lane } from './lane.mjs';
import { javaPeople, nodePeople, someRoom } from './people.mjs';
import { Poster } from './posts.mjs';
import { presenceWrong } from './presence.mjs';
import { Stage } from './stage.mjs';
import { NodeTab, kindOf } from './tabs.mjs';
import { Truth } from './truth.mjs';
import { judgesOf, verdictOf } from './verdict.mjs';
import { Witness } from './witness.mjs';

const CALM_LIMIT_MS = 90_000;
const MARK = 'the-end';
/** How often presence is looked at again, if clients came back meanwhile. */
const LOOKS = 5;

/** Half-open connections are detected within seconds, so that a run has many returns. */
const argsFor = (windowMs) => [
  '--realtime.engine.ping-interval=2s', '--realtime.engine.ping-timeout=4s', '--realtime.drain.time=4s',
  `--realtime.recovery.window=${windowMs}ms`,
];

/** The size of a run; `pauses` are the ms between two faults of a lane, and lanes without pauses are left out. */
export const SHORT = {
  playMs: 35_000, windowMs: 60_000, nodeTabs: 18, javaTabs: 2, perSecond: 40,
  pauses: { instances: [500, 2_000], redis: [500, 3_000], clients: [200, 1_000], trims: [8_000, 15_000] },
};
export const LONG = {
  windowMs: 60_000, nodeTabs: 30, javaTabs: 4, perSecond: 60,
  pauses: { 'all instances': [2_000, 10_000], redis: [2_000, 12_000], clients: [500, 5_000], trims: [20_000, 60_000], absence: [10_000, 40_000] },
};

const KINDS = {
  instances: INSTANCE_FAULTS, 'all instances': { ...INSTANCE_FAULTS, ...ROLLING },
  redis: REDIS_FAULTS, clients: CLIENT_FAULTS, trims: TRIMS, absence: LONG_ABSENCE,
};

/**
 * Plays a run. Returns `{ seed, began, timeline, verdict, clients, places }`, and calls `onProgress` with status lines.
 */
export async function play({ seed, playMs, windowMs, nodeTabs, javaTabs, perSecond, pauses, args = [], onProgress = () => {} }) {
  const began = Date.now();
  const truth = new Truth();
  const timeline = [];
  const stage = await Stage.open([...argsFor(windowMs), ...args]);
  const closers = [() => stage.close()];
  try {
    const witness = new Witness(stage.redis, truth).start();
    closers.push(() => witness.stop());
    const java = await JavaTabs.open(stage.balancer.port, javaPeople(javaTabs), nodeTabs + 1);
    closers.push(() => java.close());
    const node = await Promise.all(nodePeople(nodeTabs).map((person, n) => NodeTab.open(stage.balancer.port, person, kindOf(n), n + 1)));
    closers.push(() => node.forEach((tab) => tab.close()));
    const tabs = [...node, ...java.tabs];
    await allThere(tabs);
    onProgress(`${tabs.length} clients on ${stage.places.length} instances after ${Date.now() - began} ms`);

    const posters = postersOf(stage, seed, perSecond);
    const circumstances = { places: stage.places, redis: stage.redis, tabs, witness, windowMs };
    const lanes = Object.keys(pauses).map((name, n) =>
      new Lane(KINDS[name], { seed: seed * 100 + n, pauseMs: pauses[name], circumstances, timeline }));
    const moves = moving(node, seed);
    [...posters, ...lanes].forEach((part) => part.start());
    await playing(playMs, timeline, onProgress);
    await Promise.all([...lanes, moves].map((part) => part.stop()));
    onProgress('calm');
    await Promise.all(posters.map((poster) => poster.stop()));
    await allThere(tabs).catch(() => {});
    const absent = tabs.filter((tab) => !isThere(tab)).map(({ label }) => ({ what: 'not back', who: label, detail: 'in calm' }));
    const posts = posters.flatMap((poster) => poster.posts);
    posts.push(await lastWord(stage, tabs));
    await witness.read();
    // It would go on adding what comes after the last event.
    await witness.stop();
    endAtLastWord(truth);

    const { clients, judges, wrong } = await atRest(stage, tabs, truth);
    const verdict = verdictOf({ clients, judges, posts, truth, timeline, windowMs });
    verdict.wrong.push(...absent, ...wrong.map((detail) => ({ what: 'presence', who: 'the service', detail })));
    return { seed, began, timeline, verdict, clients, places: stage.places };
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** Posters to the balancer and to each instance, with and without keys. */
function postersOf({ balancer, places }, seed, perSecond) {
  // Two per target, so that one keeps posting while the other waits for a frozen instance.
  const targets = [balancer, balancer, ...places.map(({ front }) => front)].flatMap((target) => [target, target]);
  return targets.map((target, n) => new Poster(`service-${n}`, target, seed * 10 + n, perSecond / targets.length, { keyed: n % 2 === 0 }));
}

/** Joins and leaves rooms all the time. */
function moving(tabs, seed) {
  const next = random(seed + 1);
  const timer = setInterval(() => {
    const tab = tabs[Math.floor(next() * tabs.length)];
    const room = someRoom(next, tab.person);
    const what = next() < 0.6 ? 'join' : 'leave';
    if (room) tab.ask(what, room);
  }, 100);
  return { stop: () => clearInterval(timer) };
}

async function playing(ms, timeline, onProgress) {
  const until = Date.now() + ms;
  for (let told = Date.now(); Date.now() < until;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (Date.now() - told < 60_000) continue;
    told = Date.now();
    onProgress(`${timeline.length} faults; ${Math.round((until - told) / 1000)} s to go`);
  }
}

/** Connected and greeted. */
const isThere = ({ connected, history }) => connected
  && history.findLastIndex(({ kind }) => kind === 'connected') > history.findLastIndex(({ kind }) => kind === 'connect');

const allThere = (tabs) => until(
  () => `every client to be there: ${tabs.filter((tab) => !isThere(tab)).map(({ label }) => label)}`,
  () => tabs.every(isThere), { timeoutMs: CALM_LIMIT_MS, everyMs: 100 });

/** Posts one more event for everybody: a client that has received it will not receive any earlier one. */
async function lastWord({ places }, tabs) {
  const body = { notification: { message: MARK, mark: MARK } };
  const { id } = await until('the last event to be accepted', () => accepted(places[0].service, 'notification', body,
    { headers: { 'Idempotency-Key': MARK } }), { timeoutMs: CALM_LIMIT_MS });
  const has = ({ history }) => history.some(({ mark }) => mark === MARK);
  // Clients that it does not reach are judged as well.
  await until('the last event everywhere', () => tabs.every(has), { timeoutMs: CALM_LIMIT_MS, everyMs: 100 }).catch(() => {});
  return { mark: MARK, name: 'notification', id, isFor: () => true };
}

/** Drops everything after the last event, which only some clients received. */
function endAtLastWord(truth) {
  const end = endOf(truth);
  truth.records = truth.records.filter(({ key }) => key <= end);
}

const endOf = (truth) => truth.marked(MARK)[0]?.key ?? Infinity;

/** What the clients saw up to the last event, their judges, and what is wrong with presence. */
async function atRest(stage, tabs, truth) {
  const end = endOf(truth);
  const isBefore = ({ kind, key, mark }) => kind !== 'event' || mark || key === undefined || key <= end;
  for (let again = LOOKS; ; again--) {
    const seen = tabs.map(comings);
    const clients = tabs.map(({ label, userId, isJava, history }) => ({ label, userId, isJava, history: history.filter(isBefore) }));
    const judges = await judgesOf(clients, truth);
    const wrong = await presenceWrong(stage.places, judges.map(({ present }) => present));
    // On a busy machine a client may miss its pings meanwhile, and come back.
    if (wrong.length === 0 || again === 0 || tabs.every((tab, n) => comings(tab) === seen[n])) return { clients, judges, wrong };
    await allThere(tabs).catch(() => {});
  }
}

const comings = ({ history }) => history.filter(({ kind }) => kind === 'connect' || kind === 'disconnect').length;
