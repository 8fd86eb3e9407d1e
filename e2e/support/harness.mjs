// The base of every test file: tests that clean up after themselves and show the service's log on failure.
import { after, test as nodeTest } from 'node:test';
import { closeClients } from './clients.mjs';
import { closeRaw } from './raw.mjs';
import { endOwned } from './service.mjs';

const LOG_LINES = 60;
const DEFAULT_LIMIT_MS = 60_000;
const closers = [];

/** Registers something to close when the current test ends. */
export function onClose(close) {
  closers.push(close);
}

/**
 * A test function for the services of one file. On a failure, `services` returns the objects whose `output` is shown.
 * Everything the test opened is closed at its end.
 */
export function testsOf(services) {
  // Registered here rather than at the start of services: a hook registered within a hook runs when that hook ends.
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
