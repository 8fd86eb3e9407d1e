// Measures a service's memory, and checks that it returns to its initial level.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { metric } from './metrics.mjs';
import { jdkHome } from './paths.mjs';
import { until } from './wait.mjs';

const run = promisify(execFile);

/** The live heap of a service in MB, after a full collection. Only for services that the test started itself. */
export async function liveHeapMb(service) {
  const jcmd = join(jdkHome(), 'bin/jcmd');
  await run(jcmd, [String(service.pid), 'GC.run']);
  const { stdout } = await run(jcmd, [String(service.pid), 'GC.heap_info']);
  return Number(/used (\d+)K/.exec(stdout)[1]) / 1024;
}

/** The resident memory of the process in MB. */
export function residentMb(service) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))[1]) / 1024;
}

/** The bytes that clients make the service hold, by its own accounting. */
export const heldBytes = (service) => metric(service, 'realtime_budget_held_bytes', 'level="instance"');

/**
 * Records what a service holds now; the returned function waits until it holds hardly more, and nothing for clients.
 */
export async function remember(service, { slackMb = 12 } = {}) {
  const before = await liveHeapMb(service);
  return async function back() {
    await until('the clients\' bytes to be given back', async () => (await heldBytes(service)) < 4096, { timeoutMs: 15_000 });
    let now;
    await until(() => `${Math.round(now)} MB of heap to be ${Math.round(before)} MB again`, async () => {
      now = await liveHeapMb(service);
      return now <= before + slackMb;
    }, { timeoutMs: 20_000, everyMs: 500 });
  };
}
