// A connection to a test's Redis that sends one command after the other and reads complete answers.
import { createConnection } from 'node:net';
import { encoded } from '../support/redis.mjs';
import { within } from '../support/wait.mjs';

const LIMIT_MS = 5_000;

export class RedisConnection {
  #socket;
  #bytes = Buffer.alloc(0);
  #waiting = [];

  /** Connects as a user with all permissions. */
  static async open(redis) {
    const connection = new RedisConnection();
    connection.#socket = createConnection(redis.port, redis.host);
    connection.#socket.on('data', (data) => connection.#receive(data));
    connection.#socket.on('error', () => {});
    connection.#socket.on('close', () => connection.#waiting.splice(0).forEach(({ reject }) => reject(new Error('Redis is unavailable'))));
    await connection.ask(...redis.login('tests'));
    return connection;
  }

  /** Sends a command. Resolves with the answer: text, a number, null, or lists of these; rejects on an error. */
  ask(...words) {
    const answer = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    if (this.#socket.destroyed) this.#waiting.pop().reject(new Error('Redis is unavailable'));
    this.#socket.write(encoded(words));
    return within(LIMIT_MS, `Redis to answer ${words[0]}`, answer);
  }

  close() {
    this.#socket.destroy();
  }

  #receive(data) {
    this.#bytes = Buffer.concat([this.#bytes, data]);
    for (;;) {
      const read = parse(this.#bytes, 0);
      if (!read) return;
      this.#bytes = this.#bytes.subarray(read.end);
      const { resolve, reject } = this.#waiting.shift();
      if (read.value instanceof Error) reject(read.value);
      else resolve(read.value);
    }
  }
}

/** One RESP 2 value and its end, or undefined while it is incomplete. */
function parse(bytes, start) {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd < 0) return undefined;
  const kind = String.fromCharCode(bytes[start]);
  const line = bytes.toString('utf8', start + 1, lineEnd);
  const end = lineEnd + 2;
  if (kind === '+') return { value: line, end };
  if (kind === '-') return { value: new Error(line), end };
  if (kind === ':') return { value: Number(line), end };
  if (line === '-1') return { value: null, end };
  return kind === '$' ? parseText(bytes, end, Number(line)) : parseList(bytes, end, Number(line));
}

function parseText(bytes, start, length) {
  return bytes.length < start + length + 2
    ? undefined
    : { value: bytes.toString('utf8', start, start + length), end: start + length + 2 };
}

function parseList(bytes, start, length) {
  const value = [];
  let end = start;
  for (let n = 0; n < length; n++) {
    const item = parse(bytes, end);
    if (!item) return undefined;
    value.push(item.value);
    end = item.end;
  }
  return { value, end };
}
