// The running jar, configured by variables only.
import { join } from 'node:path';
import { Command, freePort } from './processes.mjs';
import { Redis } from './redis.mjs';
import { REPOSITORY, java, jdkHome, requireJar, scratchFolder } from './paths.mjs';
import { request } from './http.mjs';
import { JWT_SECRET, WEBHOOK_TOKEN } from './tokens.mjs';
import { until } from './wait.mjs';

const START_LIMIT_MS = 180_000;
const JVM_FLAGS = ['-Xmx768m', '--enable-native-access=ALL-UNNAMED'];
/** The JVM flags of every deployed service. */
export const OPTIONS = join(REPOSITORY, 'tools/jvm.options');
/** Flags for a service with little memory, as in a container of 512 MB. */
export const SMALL_HEAP = ['-Xmx256m'];
/** Flags for a JVM that lives only a few seconds. */
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/**
 * Tests that stop an instance wait for it, and few are about draining. Tests post calls that nobody answers, and few
 * want to hear of that 20 s later.
 */
const UNDISTURBED = { REALTIME_DRAIN_TIME: '0s', REALTIME_BOARD_UNANSWEREDAFTER: '0s' };

export const SECRETS = { JWT_SECRET, WEBHOOK_TOKEN };

/** Runs the jar with these arguments and variables for a short time. */
export function jar(words, { flags = SHORT_LIVED, env, cwd } = {}) {
  return new Command('realtime-service', java(), [...JVM_FLAGS, ...flags, '-jar', requireJar(), ...words], {
    env: { JAVA_HOME: jdkHome(), ...env },
    cwd,
  });
}

/** One instance of the service. */
export class Service {
  #command;

  constructor(port, env, args, cwd, more = []) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    // A test's service lives for seconds: C2 would pay off too late and occupy a core.
    const flags = [`@${OPTIONS}`, '-XX:TieredStopAtLevel=1', ...more, ...(process.env.E2E_JVM_FLAGS?.split(' ') ?? [])];
    this.#command = jar(['--realtime.bind-address=127.0.0.1', ...args], { flags, env, cwd });
  }

  /**
   * Starts a service with these variables in an empty working directory, and waits until it is healthy. Its free port
   * is passed in PORT, or as an argument for a service without any variables; `port` chooses one; `flags` are for the
   * JVM.
   */
  static async start(env, { args = [], cwd = scratchFolder('service'), portByArgument = false, port: given, evenDegraded, flags } = {}) {
    const port = given ?? await freePort();
    const service = portByArgument
      ? new Service(port, env, [`--realtime.port=${port}`, ...args], cwd, flags)
      : new Service(port, { ...UNDISTURBED, ...env, PORT: String(port) }, args, cwd, flags);
    try {
      await service.ready(evenDegraded);
      return service;
    } catch (error) {
      await service.stop('SIGKILL');
      throw new Error(`${error.message}\n--- output of the service:\n${service.output}`);
    }
  }

  /** @param evenDegraded accepts any answer */
  async ready(evenDegraded = false) {
    await until('the service to be healthy', async () => {
      if (!this.#command.running) throw Object.assign(new Error('The service exited during its start.'), { final: true });
      const health = await request(`${this.url}/health`, { timeoutMs: 5_000 });
      return health.status === 200 && (evenDegraded || health.json.status !== 'degraded');
    }, { timeoutMs: START_LIMIT_MS, everyMs: 200 });
  }

  get output() {
    return this.#command.output;
  }

  get running() {
    return this.#command.running;
  }

  get pid() {
    return this.#command.pid;
  }

  /** Resolves with `{ code, signal }`. */
  get ended() {
    return this.#command.ended;
  }

  /** Freezes the process; its connections stay open. */
  freeze() {
    process.kill(this.#command.pid, 'SIGSTOP');
  }

  thaw() {
    process.kill(this.#command.pid, 'SIGCONT');
  }

  stop(signal, graceMs = 30_000) {
    return this.#command.stop(signal, graceMs);
  }
}

/** The instance that `run.mjs` shares among all files, as described in the environment. */
class SharedService {
  constructor({ port }) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.output = '(the shared service prints its output at the end of the run)';
  }
}

/**
 * The service for tests without special needs: the run's shared one, or a new one for a file that runs alone. Files run
 * one after the other, so no foreign events appear.
 */
export async function sharedService() {
  if (process.env.E2E_SERVICE) return new SharedService(JSON.parse(process.env.E2E_SERVICE));
  const { service } = await ownService();
  return service;
}

const owned = [];

/** Stops what `ownService` has started, in reverse order. */
export async function endOwned() {
  while (owned.length > 0) await owned.pop().stop();
}

/** Starts a Redis and a service for the calling file; both stop with the file. */
export async function ownService(env = {}, options = {}) {
  const redis = await Redis.start();
  owned.push(redis);
  const service = await Service.start({ ...redis.env, ...SECRETS, ...env }, options);
  owned.push(service);
  return { redis, service };
}
