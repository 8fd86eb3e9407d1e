// One round: control clients, posts and a crowd for some time; then everybody disconnects.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Ledger } from '../../support/ledger.mjs';
import { ATTACKS } from './attacks.mjs';
import { Controls } from './controls.mjs';
import { Crowd } from './crowd.mjs';
import { Posts } from './events.mjs';
import { MISFITS } from './misfits.mjs';
import { RESIDENTS } from './residents.mjs';

const EVERY_MS = 30_000;
/** The delay of this process itself, for which the service is not to blame. */
const lag = monitorEventLoopDelay();

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const clock = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`;

/** Resolves with the peak values, the crowd's actions, the ledger's sums, and the errors in words. */
export async function round(service, gauges, { seconds, sockets, controls: count }) {
  const ledger = new Ledger();
  const posts = new Posts(service, ledger);
  const crowd = new Crowd(service, { sockets, residents: [...RESIDENTS, ...MISFITS], attacks: ATTACKS });
  const controls = await Controls.join(service, count);
  const peak = {};
  lag.enable();
  try {
    posts.start();
    crowd.start();
    const started = Date.now();
    for (let left = seconds * 1_000; left > 0; left = seconds * 1_000 - (Date.now() - started)) {
      await pause(Math.min(left, EVERY_MS));
      const figures = await gauges.now();
      for (const [name, value] of Object.entries(figures)) peak[name] = Math.max(peak[name] ?? 0, value);
      console.log(line(Date.now() - started, { crowd, ledger, controls, figures }));
    }
    const live = crowd.live;
    crowd.stop();
    await posts.stop();
    const sum = ledger.judge(await controls.results());
    const wrong = [...controls.troubles(), ...crowd.wrong(), ...sum.examples];
    if (live < 0.9 * sockets) wrong.push(`Only ${live} of ${sockets} sockets were there at the end.`);
    return { peak, crowd, sum, wrong };
  } finally {
    crowd.stop();
    controls.close();
  }
}

function line(ms, { crowd, ledger, controls, figures }) {
  const wrong = [...controls.troubles(), ...crowd.wrong()];
  const late = Math.round(lag.max / 1_000_000);
  lag.reset();
  return `${clock(ms)}: ${crowd.live} live, ${figures.sessions} sessions; ${crowd.came} came; ${ledger.posted} events; `
    + `misbehaved ${misbehaved(crowd)}; heap ${mega(figures.heap)}, direct ${mega(figures.direct)}, `
    + `resident ${mega(figures.resident)}, ${figures.files} files, ${figures['Java threads']} threads; `
    + `this process was ${late} ms late${wrong.length > 0 ? `; WRONG: ${wrong.slice(0, 5).join('; ')}` : ''}`;
}

function misbehaved(crowd) {
  const names = new Set([...MISFITS, ...ATTACKS].map(({ name }) => name));
  return [...crowd.ends].filter(([name]) => names.has(name))
    .reduce((sum, [, ends]) => sum + [...ends.values()].reduce((a, b) => a + b, 0), 0);
}

const mega = (bytes) => `${Math.round(bytes / 1_000_000)} MB`;
