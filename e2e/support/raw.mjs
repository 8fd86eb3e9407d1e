// Hand-written Engine.IO clients, which do what stock clients never do and see the raw bytes.
import WebSocket from 'ws';
import { request } from './http.mjs';
import { until, within } from './wait.mjs';

const opened = new Set();

/** Closes every raw connection opened since the last call. */
export function closeRaw() {
  for (const connection of opened) connection.close();
  opened.clear();
}

const RECORD_SEPARATOR = '\u001e';

/** The common part of both transports: recorded messages, and waiting for one. Pings are answered, not recorded. */
class RawConnection {
  /** Engine.IO messages as text, without pings: `0{…}`, `40{…}`, `42[…]`. */
  messages = [];

  constructor() {
    opened.add(this);
  }

  receive(text) {
    if (text === '2') {
      this.send('3');
    } else {
      this.messages.push(text);
    }
  }

  message(pattern) {
    return until(
      () => `a message like ${pattern}; there were ${this.messages.join(' ').slice(0, 500)}`,
      () => this.messages.find((message) => pattern.test(message)),
    );
  }

  /** Events and binary events received. */
  events() {
    return this.messages.filter((message) => /^4[25]/.test(message));
  }
}

export class RawWebSocket extends RawConnection {
  /** @param path the path and query; the default opens a session */
  constructor(service, { path = '/socket.io/?EIO=4&transport=websocket', headers } = {}) {
    super();
    this.socket = new WebSocket(`ws://127.0.0.1:${service.port}${path}`, { headers });
    this.socket.on('message', (data, binary) => {
      this.receive(binary ? `(binary) ${data.toString('hex')}` : data.toString('utf8'));
    });
    /** The status of the answer: 101 for an upgrade. */
    this.answered = new Promise((resolve) => {
      this.socket.on('open', () => resolve(101));
      this.socket.on('unexpected-response', (_, response) => {
        response.resume();
        resolve(response.statusCode);
      });
      this.socket.on('error', () => resolve(undefined));
    });
    this.closed = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
  }

  static async open(service, options) {
    const raw = new RawWebSocket(service, options);
    await raw.message(/^0\{/);
    return raw;
  }

  send(text) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  close() {
    this.socket.terminate();
  }
}

export class RawPolling extends RawConnection {
  #ended = false;
  #sent = Promise.resolve();

  constructor(service, sid, agent) {
    super();
    this.base = `${service.url}/socket.io/?EIO=4&transport=polling`;
    this.sid = sid;
    this.agent = agent;
  }

  /** Opens a session and polls until its close. */
  static async open(service, { agent, headers } = {}) {
    const raw = await RawPolling.handshake(service, { agent, headers });
    raw.polling = raw.#poll();
    return raw;
  }

  /** Opens a session and leaves the polling to the caller. */
  static async handshake(service, { agent, headers } = {}) {
    const answer = await request(`${service.url}/socket.io/?EIO=4&transport=polling`, { agent, headers });
    if (answer.status !== 200) throw new Error(`The handshake was answered ${answer.status}: ${answer.text}`);
    const raw = new RawPolling(service, JSON.parse(answer.text.slice(1)).sid, agent);
    raw.receive(answer.text);
    return raw;
  }

  async #poll() {
    while (!this.#ended) {
      const answer = await this.poll().catch(() => undefined);
      if (answer?.status !== 200) return;
    }
  }

  /** One GET; its messages are recorded. */
  async poll() {
    const answer = await request(`${this.base}&sid=${this.sid}`, { agent: this.agent, timeoutMs: 60_000 });
    if (answer.status === 200) answer.text.split(RECORD_SEPARATOR).forEach((message) => this.receive(message));
    return answer;
  }

  /** One POST with any number of messages. Waits for the previous one, since two at a time would end the session. */
  send(...messages) {
    const sent = this.#sent.then(() => request(`${this.base}&sid=${this.sid}`, {
      agent: this.agent,
      headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
      body: messages.join(RECORD_SEPARATOR),
    }));
    this.#sent = sent.catch(() => {});
    return sent;
  }

  close() {
    if (this.#ended) return;
    this.#ended = true;
    this.send('1').catch(() => {});
  }
}

/** Sends CONNECT with this auth payload and waits for the answer: `40{…}` or `44{…}`. */
export async function connect(raw, auth) {
  raw.send(`40${auth === undefined ? '' : JSON.stringify(auth)}`);
  return within(10_000, 'the answer to CONNECT', raw.message(/^4[04]/));
}
