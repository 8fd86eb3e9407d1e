// Processes that never outlive their test.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));
const LOG_LIMIT = 2_000_000;

/** A running command, with its output and its end. */
export class Command {
  #guard;
  #output = '';
  #dropped = false;
  /** The command's own pid, not the guard's. */
  pid;
  /** `{ code, signal }` once it has ended. */
  end;

  constructor(name, command, args, { env, cwd } = {}) {
    this.name = name;
    this.#guard = spawn(process.execPath, [GUARD, command, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#guard.stdout, this.#guard.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => this.#append(text));
    }
    this.spawned = new Promise((resolve) => {
      this.#guard.on('message', (message) => {
        if (message.pid) {
          this.pid = message.pid;
          resolve();
        } else {
          this.end ??= message;
        }
      });
      this.#guard.on('exit', resolve);
    });
    this.ended = new Promise((resolve) => {
      // 'close' follows the last output; 'exit' may precede it.
      this.#guard.on('close', (code, signal) => {
        this.end ??= { code, signal };
        resolve(this.end);
      });
    });
  }

  #append(text) {
    this.#output += text;
    if (this.#output.length > LOG_LIMIT) {
      this.#output = this.#output.slice(-LOG_LIMIT / 2);
      this.#dropped = true;
    }
  }

  get running() {
    return this.end === undefined;
  }

  /** Standard output and error; the start is dropped if there is too much. */
  get output() {
    return (this.#dropped ? '[…]\n' : '') + this.#output;
  }

  /** Sends a signal and waits for the end; kills the process if SIGTERM does not end it in time. */
  async stop(signal = 'SIGTERM', graceMs = 15_000) {
    await this.spawned;
    if (!this.running) return this.ended;
    process.kill(this.pid, signal);
    const killer = setTimeout(() => this.running && process.kill(this.pid, 'SIGKILL'), graceMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(killer);
    }
  }
}

/** A TCP port of the loopback interface that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
