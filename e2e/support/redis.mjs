// A real redis-server for a test, with the configuration and users of deploy/redis: loopback, a free port, an
// append-only file. Services have the permissions of deployed ones, so that a missing one fails a test.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command, freePort } from './processes.mjs';
import { JAR, REPOSITORY, cacheFolder, jdkHome, scratchFolder } from './paths.mjs';
import { until, within } from './wait.mjs';

/** The users of deploy/redis/users.acl, and the tests' own user with all permissions. */
const PASSWORDS = {
  gateway: 'e2e-redis-password',
  console: 'e2e-redis-console-password',
  publisher: 'e2e-redis-publisher-password',
  tests: 'e2e-redis-tests-password',
};

/** The binary that the service embeds, or the one named by REDIS_SERVER. */
function binary() {
  if (process.env.REDIS_SERVER) return process.env.REDIS_SERVER;
  const os = { linux: 'linux', darwin: 'darwin' }[process.platform];
  const arch = { x64: 'amd64', arm64: 'arm64', ia32: '386' }[process.arch];
  const cached = join(cacheFolder(), `redis-server-${os}-${arch}`);
  if (!existsSync(cached)) extract(`${os}-${arch}`, cached);
  return cached;
}

function extract(platform, target) {
  const folder = mkdtempSync(join(cacheFolder(), 'extract-'));
  const jar = (...args) =>
    execFileSync(join(jdkHome(), 'bin/jar'), args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const matching = (archive, pattern) => jar('tf', archive).split(/\r?\n/).find((name) => pattern.test(name));
  try {
    let archive;
    const nested = existsSync(JAR) && matching(JAR, /BOOT-INF\/lib\/embedded-redis-.*\.jar$/);
    if (nested) {
      jar('xf', JAR, nested);
      archive = join(folder, nested);
    } else {
      archive = inMavenRepository();
    }
    const name = archive && matching(archive, new RegExp(`redis-server-.*${platform}$`));
    if (!name) {
      throw new Error(`No redis-server for ${platform} is embedded; set REDIS_SERVER to one that is installed.`);
    }
    jar('xf', archive, name);
    chmodSync(join(folder, name), 0o755);
    renameSync(join(folder, name), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inMavenRepository() {
  const versions = join(homedir(), '.m2/repository/org/signal/embedded-redis');
  if (!existsSync(versions)) return undefined;
  return readdirSync(versions)
    .map((version) => join(versions, version, `embedded-redis-${version}.jar`))
    .filter(existsSync)
    .at(-1);
}

/** Reading a long run's append-only file takes its time. */
const START_LIMIT_MS = 60_000;

/** A script that adds the tests' own user to those rendered by start.sh, and then runs redis-server. */
function withOwnUser(folder) {
  const program = join(folder, 'redis-server');
  const user = `user tests on >${PASSWORDS.tests} allkeys allchannels allcommands`;
  writeFileSync(program, `#!/bin/sh\necho '${user}' >>"$REDIS_USERS_FILE"\nexec '${binary()}' "$@"\n`, { mode: 0o755 });
  return program;
}

/** A command in RESP 2. */
export const encoded = (words) =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

export class Redis {
  #command;
  #usersFolder = scratchFolder('redis-users');
  #settings;
  #environment;

  /**
   * @param settings more arguments of redis-server
   * @param environment more variables of its process
   */
  constructor(port, settings = [], environment = {}) {
    this.#settings = settings;
    this.#environment = environment;
    this.port = port;
    this.host = '127.0.0.1';
    this.folder = scratchFolder('redis');
  }

  static async start(settings, environment) {
    const redis = new Redis(await freePort(), settings, environment);
    await redis.start();
    return redis;
  }

  /** A user's password. */
  static passwordOf(user) {
    return PASSWORDS[user];
  }

  /** The variables of a service, which is the user `gateway`. */
  get env() {
    return this.envOf('gateway');
  }

  /** The variables of a program with that user. */
  envOf(user) {
    // The jar that E2E_JAR names may be older than REDIS_USERNAME.
    const name = process.env.E2E_JAR ? 'SPRING_DATA_REDIS_USERNAME' : 'REDIS_USERNAME';
    return { REDIS_HOST: this.host, REDIS_PORT: String(this.port), [name]: user, REDIS_PASSWORD: PASSWORDS[user] };
  }

  /** Starts it, or restarts it with its data. */
  async start() {
    const script = join(REPOSITORY, 'deploy/redis/start.sh');
    this.#command = new Command('redis', 'sh', [script, '--port', String(this.port), '--bind', this.host, ...this.#settings], {
      env: {
        REDIS_PASSWORD: PASSWORDS.gateway,
        REDIS_CONSOLE_PASSWORD: PASSWORDS.console,
        REDIS_PUBLISHER_PASSWORD: PASSWORDS.publisher,
        REDIS_DATA_FOLDER: this.folder,
        REDIS_USERS_FILE: join(this.#usersFolder, 'users.acl'),
        REDIS_SERVER: withOwnUser(this.#usersFolder),
        ...this.#environment,
      },
    });
    const command = this.#command;
    await until('redis-server to answer', async () => {
      if (!command.running) throw Object.assign(new Error(`redis-server ended:\n${command.output}`), { final: true });
      return (await this.command('PING')) === '+PONG';
    }, { timeoutMs: START_LIMIT_MS });
  }

  /** Stops it: SIGTERM lets it save, SIGKILL does not; SIGSTOP freezes it and returns at once. */
  async stop(signal = 'SIGTERM') {
    return this.#command.stop(signal);
  }

  /** Deletes its data; only while it is not running. */
  loseData() {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  freeze() {
    process.kill(this.#command.pid, 'SIGSTOP');
  }

  thaw() {
    process.kill(this.#command.pid, 'SIGCONT');
  }

  get output() {
    return this.#command.output;
  }

  /** One section of INFO, its values as text. */
  async info(section) {
    const lines = (await this.answerTo('tests', 'INFO', section)).split('\r\n');
    return Object.fromEntries(lines.filter((line) => line.includes(':')).map((line) => line.split(/:(.*)/s, 2)));
  }

  /** Sends a command with all permissions; returns the answer's first line in RESP. */
  command(...words) {
    return this.commandOf('tests', ...words);
  }

  /** Sends a command as a user; returns the answer's first line in RESP. */
  async commandOf(user, ...words) {
    return (await this.answerTo(user, ...words)).split('\r\n', 1)[0];
  }

  /** The command that authenticates a connection as that user. */
  login(user) {
    return ['AUTH', user, PASSWORDS[user]];
  }

  /** Sends a command as a user; returns the answer in RESP. */
  answerTo(user, ...words) {
    const answer = new Promise((resolve, reject) => {
      const socket = createConnection(this.port, this.host);
      let text = '';
      socket.setEncoding('utf8');
      socket.on('error', reject);
      socket.on('data', (data) => (text += data));
      // Redis ends the connection after its answer to QUIT, so that the one before it is whole.
      socket.on('close', () => {
        const [, whole] = /^[^\r]*\r\n(.+)\+OK\r\n$/s.exec(text) ?? [];
        if (whole) resolve(whole);
        else reject(new Error('Redis closed the connection'));
      });
      socket.write(encoded(this.login(user)) + encoded(words) + encoded(['QUIT']));
    });
    return within(2_000, `Redis to answer ${words[0]}`, answer);
  }
}
