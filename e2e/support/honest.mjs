// One honest socket and one honest service on their own thread, which must not notice others' misbehaviour.
import assert from 'node:assert/strict';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { broadcast, unique } from './http.mjs';
import { join } from './clients.mjs';
import { onClose } from './harness.mjs';
import { operator } from './tokens.mjs';
import { until, within } from './wait.mjs';

const EVERY_MS = 100;
const LONGEST_MS = 2_000;

/**
 * Posts numbered events one after the other, ten per second, to a socket that records them. Runs on its own thread, so
 * that load in the test's thread does not look like a slow service.
 */
export class Honest {
  #worker;
  #report;

  /** Starts both, and resolves once the socket has its identity and the first event has arrived. */
  static async start({ url }) {
    const honest = new Honest();
    honest.#worker = new Worker(new URL(import.meta.url), { workerData: { url } });
    onClose(() => honest.#worker.terminate());
    const messages = [];
    honest.#worker.on('message', (message) => messages.push(message));
    honest.#worker.on('error', (error) => messages.push({ error: String(error.stack) }));
    honest.#report = (what) => until(`the honest ones' ${what}`, () => {
      const failed = messages.find(({ error }) => error);
      if (failed) throw Object.assign(new Error(failed.error), { final: true });
      return messages.find((message) => message[what]);
    }, { timeoutMs: 30_000 });
    await honest.#report('started');
    return honest;
  }

  /**
   * Stops both and checks: no post lost, refused or slower than two seconds, every event received once and in order, no
   * disconnect. Returns `{ posts, longestMs }`.
   */
  async check() {
    this.#worker.postMessage('stop');
    const { report } = await this.#report('report');
    const { posts, failures, longestMs, received, disconnects } = report;
    assert.deepEqual(failures, [], `posts that failed, of ${posts}`);
    assert.ok(longestMs < LONGEST_MS, `a post took ${longestMs} ms`);
    assert.deepEqual(received, Array.from({ length: posts }, (_, n) => n), 'every event once and in order');
    assert.deepEqual(disconnects, []);
    return { posts, longestMs };
  }
}

/** The body of the thread. */
async function beHonest(url) {
  const service = { url };
  const mark = unique('honest');
  const client = await join(service, operator(mark), { reconnection: false });
  const numbers = () => client.events.filter(({ args: [payload] }) => payload?.type === mark).map(({ args: [{ number }] }) => number);
  const report = { posts: 0, failures: [], longestMs: 0 };
  let stopping = false;
  parentPort.once('message', () => { stopping = true; });
  while (!stopping) {
    const began = performance.now();
    const notification = { type: mark, message: 'honest', number: report.posts };
    const { status, text } = await broadcast(service, 'notification', { notification, userId: mark })
      .catch((error) => ({ status: 0, text: error.message }));
    const took = performance.now() - began;
    if (status === 200) report.posts++;
    else report.failures.push(`${status} after ${Math.round(took)} ms: ${text}`);
    report.longestMs = Math.max(report.longestMs, Math.round(took));
    if (report.posts === 1 && !report.started) {
      await client.event('notification');
      report.started = true;
      parentPort.postMessage({ started: true });
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, EVERY_MS - took)));
  }
  // The report tells what is missing.
  await within(LONGEST_MS, 'the last event', until('all events', () => numbers().length >= report.posts)).catch(() => {});
  parentPort.postMessage({ report: { ...report, received: numbers(), disconnects: client.disconnects } });
  client.close();
}

if (!isMainThread && workerData?.url) await beHonest(workerData.url);
