// The resources of a running service: memory, files, threads, sessions, as reported by the JVM, the kernel and the
// service itself.
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jdkHome } from '../../support/paths.mjs';
import { request } from '../../support/http.mjs';
import { WEBHOOK_TOKEN } from '../../support/tokens.mjs';
import { until } from '../../support/wait.mjs';

const run = promisify(execFile);
const WAIT_MS = 240_000;
/** Longer than any timer keeps its task reachable. */
const GARBAGE_MS = 90_000;
const LEAK_PROBES = 500;
/** Longer than the front door keeps an unused back-end connection. */
const UNCHANGED_MS = 35_000;
/** Classes with one object per session. */
const OF_A_SESSION = [
  'socketio.engine.session.EngineSession', 'socketio.server.SocketConnection', 'socketio.server.NamespaceSocket',
  'service.gateway.sockets.IdentifiedSocket',
];
const authorized = { headers: { Authorization: `Bearer ${WEBHOOK_TOKEN}` } };

/** The variables that a service needs for these measurements. One buffer in eight is checked for leaks. */
export const JVM = {
  JAVA_TOOL_OPTIONS: '-XX:NativeMemoryTracking=summary -Dio.netty.leakDetection.level=simple -Dio.netty.leakDetection.samplingInterval=8',
};

export class Gauges {
  constructor(service, redis) {
    this.service = service;
    this.redis = redis;
  }

  /** Measurements that hardly disturb the service. */
  async now() {
    // One after the other: two concurrent attaches may trigger a thread dump in the log.
    const heap = await this.#jcmd('GC.heap_info');
    const native = await this.#jcmd('VM.native_memory', 'summary');
    const metrics = await this.metrics();
    const buffers = [...metrics].filter(([name]) => /^netty_allocator_memory_used\{.*"direct"/.test(name));
    const status = readFileSync(`/proc/${this.service.pid}/status`, 'utf8');
    return {
      heap: number(/ used (\d+)K/, heap) * 1024,
      // The memory of Netty's pools, in use or not.
      direct: buffers.reduce((sum, [, bytes]) => sum + bytes, 0),
      // Native memory known to the JVM, without Netty's buffers.
      'JVM native': number(/Total: reserved=\d+KB, committed=(\d+)KB/, native) * 1024,
      resident: number(/VmRSS:\s+(\d+)/, status) * 1024,
      files: readdirSync(`/proc/${this.service.pid}/fd`).length,
      'OS threads': number(/Threads:\s+(\d+)/, status),
      'Java threads': metrics.get('jvm_threads_live_threads'),
      sessions: metrics.get('realtime_engine_sessions'),
      connections: metrics.get('realtime_frontdoor_connections'),
    };
  }

  /** Metrics by name and labels, in Prometheus' format. */
  async metrics() {
    const { text } = await request(`${this.service.url}/actuator/prometheus`, authorized);
    return new Map(text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space))];
    }));
  }

  /** Waits until nobody is connected and nothing changes, and measures what is left after garbage collection. */
  async atRest() {
    await until('every session and connection to be gone', async () => {
      const metrics = await this.metrics();
      // One connection is this request's own.
      return metrics.get('realtime_engine_sessions') === 0 && metrics.get('realtime_frontdoor_connections') <= 1;
    }, { timeoutMs: WAIT_MS, everyMs: 1_000 });
    await this.#unchangedFiles();
    await this.#findLeaks();
    let histogram = await this.#histogram();
    // A cancelled timer keeps its session reachable until its due time.
    await until('the last session to be garbage', async () => {
      histogram = await this.#histogram();
      return ofSessions(histogram) === 0;
    }, { timeoutMs: GARBAGE_MS, everyMs: 5_000 }).catch(() => {});
    const now = await this.now();
    return {
      figures: {
        ...now,
        heap: histogram.get('Total').bytes,
        'objects of sessions': ofSessions(histogram),
        'virtual threads': histogram.get('java.lang.VirtualThread')?.count ?? 0,
        'rooms and sockets': await this.#audience(),
        'keys in Redis': number(/:(\d+)/, await this.redis.command('DBSIZE')),
      },
      histogram,
    };
  }

  async #unchangedFiles() {
    let last;
    let since = Date.now();
    await until('the open files to stay as many', () => {
      const files = readdirSync(`/proc/${this.service.pid}/fd`).length;
      if (files !== last) since = Date.now();
      last = files;
      return Date.now() - since >= UNCHANGED_MS;
    }, { timeoutMs: WAIT_MS, everyMs: 500 });
  }

  /** Netty reports a leak on an allocation after the leaked buffer was collected. */
  async #findLeaks() {
    for (let round = 0; round < 2; round++) {
      await this.#jcmd('GC.run');
      for (let n = 0; n < LEAK_PROBES; n++) await request(`${this.service.url}/socket.io/?EIO=4&transport=polling&sid=none`);
    }
  }

  /** The numbers of rooms and sockets that the service reports. */
  async #audience() {
    const [rooms, connections] = await Promise.all(['rooms', 'connections'].map(async (what) =>
      (await request(`${this.service.url}/api/v1/stats/${what}`)).json.data.total));
    return rooms + connections;
  }

  /** The histogram of live objects by class; collects garbage first. */
  async #histogram() {
    const text = await this.#jcmd('GC.class_histogram');
    const lines = text.matchAll(/^(?:\s*\d+:)?\s*(\d+)\s+(\d+)(?:\s+(\S+).*)?$/gm);
    const classes = new Map();
    for (const [, count, bytes, name] of lines) classes.set(name ?? 'Total', { count: Number(count), bytes: Number(bytes) });
    const total = /^Total\s+(\d+)\s+(\d+)/m.exec(text);
    classes.set('Total', { count: Number(total[1]), bytes: Number(total[2]) });
    return classes;
  }

  async #jcmd(...words) {
    const command = join(jdkHome(), 'bin/jcmd');
    const { stdout } = await run(command, ['-J-XX:TieredStopAtLevel=1', '-J-XX:+UseSerialGC', String(this.service.pid), ...words], {
      maxBuffer: 64_000_000,
    });
    return stdout;
  }
}

/** The classes that grew, largest growth first. */
export function growth(before, after, most = 15) {
  return [...after]
    .filter(([name]) => name !== 'Total')
    .map(([name, { count, bytes }]) => ({
      class: name, bytes: bytes - (before.get(name)?.bytes ?? 0), count: count - (before.get(name)?.count ?? 0),
    }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, most);
}

function ofSessions(histogram) {
  return OF_A_SESSION
    .map((name) => histogram.get(`dev.realtime.${name}`)?.count ?? 0)
    .reduce((sum, count) => sum + count);
}

function number(pattern, text) {
  const found = pattern.exec(text);
  if (!found) throw new Error(`${pattern} not found in: ${text.slice(0, 500)}`);
  return Number(found[1]);
}
