// What every test file begins with: tests that clean up after themselves and show the service's log when they fail.
import { after, test as nodeTest } from 'node:test';
import { closeClients } from './clients.mjs';
import { closeRaw } from './raw.mjs';
import { endOwned } from './service.mjs';

const LOG_LINES = 60;
const DEFAULT_LIMIT_MS = 60_000;
const closers = [];

/** Has something closed when the current test ends. */
export function onClose(close) {
  closers.push(close);
}

/**
 * A test function for the services of one file. `services` is asked at the time of a failure for whatever has an
 * `output`; everything the test opened is closed when it ends.
 */
export function testsOf(services) {
  // Here and not where they are started: a hook that a hook registers runs when that hook ends.
  after(endOwned);
  return (name, ...rest) => {
    const body = rest.pop();
    const [options = {}] = rest;
    nodeTest(name, { timeout: DEFAULT_LIMIT_MS, ...options }, async (t) => {
      try {
        await body(t);
      } catch (error) {
        for (const { name: who = 'the service', output } of [services()].flat().filter(Boolean)) {
          t.diagnostic(`the end of the output of ${who}:`);
          output.split('\n').slice(-LOG_LINES).forEach((line) => t.diagnostic(line));
        }
        throw error;
      } finally {
        closeClients();
        closeRaw();
        for (const close of closers.splice(0)) close();
      }
    });
  };
}
