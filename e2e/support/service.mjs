// The running jar, configured by the brief's variables only.
import { join } from 'node:path';
import { Command, freePort } from './processes.mjs';
import { Redis } from './redis.mjs';
import { REPOSITORY, java, jdkHome, requireJar, scratchFolder } from './paths.mjs';
import { request } from './http.mjs';
import { JWT_SECRET, WEBHOOK_TOKEN } from './tokens.mjs';
import { until } from './wait.mjs';

const START_LIMIT_MS = 180_000;
const JVM_FLAGS = ['-Xmx768m', '--enable-native-access=ALL-UNNAMED'];
/** The flags a service has wherever it runs. */
export const OPTIONS = join(REPOSITORY, 'tools/jvm.options');
/** For a service that is to live with little memory, as in a container of 512 MB. */
export const SMALL_HEAP = ['-Xmx256m'];
/** For a JVM that lives some seconds only. */
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** Tests that end one of several instances wait for it, and few are about how it ends. */
const NO_DRAIN = { REALTIME_DRAIN_TIME: '0s' };

export const SECRETS = { JWT_SECRET, WEBHOOK_TOKEN };

/** Runs the jar with these words and variables, for a short time. */
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
    // A service of a test lives for seconds: what the better compiler would find out comes too late, and costs a core.
    const flags = [`@${OPTIONS}`, '-XX:TieredStopAtLevel=1', ...more, ...(process.env.E2E_JVM_FLAGS?.split(' ') ?? [])];
    this.#command = jar(['--realtime.bind-address=127.0.0.1', ...args], { flags, env, cwd });
  }

  /**
   * Starts one with these variables, in an empty working directory, and waits until it is healthy. Its port is free and
   * told by PORT, or by an argument for a service that is to have no variables at all; `port` names one that is free;
   * `flags` are the JVM's.
   */
  static async start(env, { args = [], cwd = scratchFolder('service'), portByArgument = false, port: given, evenDegraded, flags } = {}) {
    const port = given ?? await freePort();
    const service = portByArgument
      ? new Service(port, env, [`--realtime.port=${port}`, ...args], cwd, flags)
      : new Service(port, { ...NO_DRAIN, ...env, PORT: String(port) }, args, cwd, flags);
    try {
      await service.ready(evenDegraded);
      return service;
    } catch (error) {
      await service.stop('SIGKILL');
      throw new Error(`${error.message}\n--- output of the service:\n${service.output}`);
    }
  }

  /** @param evenDegraded that it answers is enough */
  async ready(evenDegraded = false) {
    await until('the service to be healthy', async () => {
      if (!this.#command.running) throw Object.assign(new Error('The service ended at its start.'), { final: true });
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

  /** Holds it, as it is; its connections stay. */
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

/** The instance that `run.mjs` keeps for all files, as its description in the environment says. */
class SharedService {
  constructor({ port }) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.output = '(the shared service prints its output at the end of the run)';
  }
}

/**
 * The service that tests use which need nothing of their own: the run's shared one, or, for a file that is run alone,
 * one that is started for it. Files run one after the other, so nobody else's events are seen.
 */
export async function sharedService() {
  if (process.env.E2E_SERVICE) return new SharedService(JSON.parse(process.env.E2E_SERVICE));
  const { service } = await ownService();
  return service;
}

const owned = [];

/** Ends what `ownService` has started, the last first. */
export async function endOwned() {
  while (owned.length > 0) await owned.pop().stop();
}

/** A Redis and a service on it for the file that asks; both end with the file. */
export async function ownService(env = {}, options = {}) {
  const redis = await Redis.start();
  owned.push(redis);
  const service = await Service.start({ ...redis.env, ...SECRETS, ...env }, options);
  owned.push(service);
  return { redis, service };
}
