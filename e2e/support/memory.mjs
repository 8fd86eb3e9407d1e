// How much memory a service holds, and that it is back.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { metric } from './metrics.mjs';
import { jdkHome } from './paths.mjs';
import { until } from './wait.mjs';

const run = promisify(execFile);

/** What lives on a service's heap, in MB: what a full collection leaves. For a service that the test has started itself. */
export async function liveHeapMb(service) {
  const jcmd = join(jdkHome(), 'bin/jcmd');
  await run(jcmd, [String(service.pid), 'GC.run']);
  const { stdout } = await run(jcmd, [String(service.pid), 'GC.heap_info']);
  return Number(/used (\d+)K/.exec(stdout)[1]) / 1024;
}

/** What the process holds of the machine's memory, in MB. */
export function residentMb(service) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))[1]) / 1024;
}

/** What clients make the service hold by its own books, in bytes. */
export const heldBytes = (service) => metric(service, 'realtime_budget_held_bytes', 'level="instance"');

/** Notes what a service holds now; the answer waits until it holds hardly more again, and nothing of any client's. */
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
