// A rolling restart of a cluster under load, and what must be so afterwards.
import assert from 'node:assert/strict';
import { Numbers } from './numbers.mjs';
import { RECOVERING, Tab } from './tab.mjs';
import { operator } from './tokens.mjs';
import { until } from './wait.mjs';

const SHARE_IN_A_SECOND = 0.05;
/** Averaged over this many seconds: on a busy machine the tabs' timers stall for one and then all fire. */
const WINDOW_SECONDS = 5;
const AT_ONCE = 150;
const ROOM = 'order:1';

/** One tab in so many polls and one upgrades; the others begin with WebSocket. */
function transportsOf(n, oneIn) {
  if (n % oneIn === 0) return ['polling'];
  return n % oneIn === 1 ? ['polling', 'websocket'] : ['websocket'];
}

/** The most sessions opened at one instance within this many seconds, and its port. */
function rush(opened, seconds) {
  let most = { sessions: 0 };
  for (const [n, { port, at }] of opened.entries()) {
    const sessions = opened.slice(n).filter((other) => other.port === port && other.at < at + seconds * 1_000).length;
    if (sessions > most.sessions) most = { sessions, port };
  }
  return most;
}

async function open(balancer, count, oneIn) {
  const versions = Object.values(RECOVERING);
  const tabs = [];
  while (tabs.length < count) {
    tabs.push(...await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - tabs.length) }, async (_, more) => {
      const n = tabs.length + more;
      const transports = transportsOf(n, oneIn);
      const tab = await Tab.open(balancer, operator(n), {
        transports, reconnectionDelay: 1_000, reconnectionDelayMax: 5_000, client: versions[n % versions.length],
      });
      await tab.join(ROOM);
      tab.upgrades = transports.length > 1;
      tab.kind = `tab ${n} by ${transports.join(' then ')}`;
      return tab;
    })));
  }
  return tabs;
}

/**
 * Restarts each instance in turn while events flow to all tabs through the balancer, and checks that no post fails,
 * every tab is back recovered and has every event once and in order, and no instance is overrun.
 *
 * @param tabs how many
 * @param oneIn one tab in so many polls, and one upgrades
 * @param pauseMs between two posts
 * @param report called with the figures, before they are judged
 */
export async function rollingRestart({ cluster, balancer, tabs: count, oneIn, pauseMs, report }) {
  const tabs = await open(balancer, count, oneIn);
  balancer.opened.length = 0;
  const numbers = new Numbers(balancer, [ROOM]).flow(pauseMs);

  const ends = [];
  for (const index of cluster.instances.keys()) {
    const begun = performance.now();
    const { code, signal } = await cluster.restart(index);
    ends.push({ code, signal, seconds: Math.round((performance.now() - begun) / 1_000) });
    await until('everybody to be back', () => tabs.every(({ socket }) => socket.connected), { timeoutMs: 30_000 });
  }
  // A failed post ends the flow and is reported here.
  await numbers.stop();

  const { sessions, port } = rush(balancer.opened, WINDOW_SECONDS);
  report({
    posts: numbers.accepted.length,
    returns: balancer.opened.length,
    sentOn: balancer.sentOn,
    rushInOneSecond: rush(balancer.opened, 1).sessions,
    rushInWindow: sessions,
    ends,
  });
  assert.deepEqual(ends.map(({ code, signal }) => code ?? signal), ends.map(() => 143));
  // The tabs of the first instance move at least once.
  assert.ok(balancer.opened.length >= count / ends.length, `only ${balancer.opened.length} returns`);
  for (const tab of tabs) {
    const returns = tab.lives.length - 1;
    assert.deepEqual(tab.disconnects, Array(returns).fill('transport close'), `${tab.kind}: ${JSON.stringify(tab.lives)}`);
    const told = tab.events.filter(({ name, args }) => name === 'error' && args[0].code === 'server_shutdown').length;
    // An upgraded WebSocket may pass through another instance, which closes it without an error event.
    assert.ok(tab.upgrades ? told <= returns : told === returns, `${told} of ${returns} closes were told`);
    await tab.hasAll(numbers);
    for (let nth = 2; nth <= tab.lives.length; nth++) tab.assertRecovered(nth);
  }
  assert.ok(sessions <= count * SHARE_IN_A_SECOND * WINDOW_SECONDS, `${sessions} sessions within ${WINDOW_SECONDS} s at port ${port}`);
}
