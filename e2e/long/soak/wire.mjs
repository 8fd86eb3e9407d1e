// Cheap clients, thousands per process: they count what they receive and keep none of it.
import http from 'node:http';
import net from 'node:net';
import WebSocket from 'ws';
import { request } from '../../support/http.mjs';

const RECORD_SEPARATOR = '\u001e';
/** During an upgrade, every poll is answered at once. */
const AFTER_NOOP_MS = 250;
const POLLING = '/socket.io/?EIO=4&transport=polling';

/** What both transports share. Pings are answered unless it is `mute`. */
class Talk {
  #expected = [];
  #end;
  #asked = 0;
  mute = false;
  delivered = 0;
  /** The code of the last event `error`. */
  error;
  /** Resolves with a word for the end. */
  closed = new Promise((resolve) => (this.#end = resolve));

  /** The next message that starts with one of these; rejects if there will be none. */
  expect(...beginnings) {
    const message = new Promise((resolve, reject) => this.#expected.push({ beginnings, resolve, reject }));
    // Callers that stop waiting report their own error.
    message.catch(() => {});
    return message;
  }

  receive(text) {
    if (text === '2') {
      if (!this.mute) this.send('3');
      return;
    }
    if (text.startsWith('42["error"')) this.error = JSON.parse(text.slice(2))[1].code;
    else if (text.startsWith('42')) this.delivered++;
    const index = this.#expected.findIndex(({ beginnings }) => beginnings.some((one) => text.startsWith(one)));
    if (index >= 0) this.#expected.splice(index, 1)[0].resolve(text);
  }

  ended(how) {
    this.#end(this.error ?? String(how));
    for (const { beginnings, reject } of this.#expected.splice(0)) {
      reject(new Error(`ended (${this.error ?? how}) before ${beginnings.join(' or ')}`));
    }
  }

  /** Sends CONNECT with a token and waits for the identity. */
  async identify(token) {
    const connected = this.expect('42["connected"');
    this.send(`40${JSON.stringify({ token })}`);
    await connected;
  }

  /** Emits and resolves with the acknowledgement. */
  async ask(event, argument) {
    const id = this.#asked++;
    const answer = this.expect(`43${id}[`);
    this.send(`42${id}${JSON.stringify([event, argument])}`);
    const text = await answer;
    return JSON.parse(text.slice(text.indexOf('[')))[0];
  }
}

export class Line extends Talk {
  constructor(service, { path = '/socket.io/?EIO=4&transport=websocket', headers } = {}) {
    super();
    this.socket = new WebSocket(`ws://127.0.0.1:${service.port}${path}`, { headers, perMessageDeflate: false });
    this.socket.on('message', (data) => this.receive(data.toString('utf8')));
    this.socket.on('unexpected-response', (_, response) => {
      response.resume();
      this.socket.terminate();
      this.ended(response.statusCode);
    });
    this.socket.on('error', (error) => this.ended(error.code ?? error.message));
    this.socket.on('close', (code) => this.ended(code));
    this.opened = this.expect('0{');
  }

  send(text) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text);
  }

  /** Leaves and resolves once the server has closed. */
  leave() {
    this.send('41');
    this.socket.close();
    return this.closed;
  }

  close() {
    this.socket.terminate();
  }
}

export class Poller extends Talk {
  #over = false;
  #cut = false;
  #sent = Promise.resolve();

  constructor(service) {
    super();
    this.url = service.url + POLLING;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  }

  async handshake() {
    const answer = await request(this.url, { agent: this.agent });
    if (answer.status !== 200) throw new Error(`handshake answered ${answer.status}`);
    this.sid = JSON.parse(answer.text.slice(1)).sid;
  }

  /** Opens a session and polls until its end. */
  async open() {
    await this.handshake();
    this.polling = this.#poll();
  }

  async #poll() {
    while (!this.#over) {
      const answer = await this.poll().catch((error) => ({ status: error.code ?? error.message }));
      if (answer.status !== 200) this.finish(answer.status);
      else if (answer.text === '6') await new Promise((resolve) => setTimeout(resolve, AFTER_NOOP_MS));
    }
  }

  finish(how) {
    this.#over = true;
    this.ended(how);
  }

  async poll() {
    const answer = await this.#request({ timeoutMs: 60_000 });
    if (answer.status === 200) {
      for (const message of answer.text.split(RECORD_SEPARATOR)) {
        // A close packet, or the noop that ends polling after an upgrade.
        if (message === '1' || (message === '6' && this.upgraded)) this.finish('closed');
        else this.receive(message);
      }
    }
    return answer;
  }

  /** Waits for the previous post, since two at a time would end the session. Resolves with the status. */
  send(...messages) {
    const sent = this.#sent.then(() => this.#request({
      headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
      body: messages.join(RECORD_SEPARATOR),
    })).then(({ status }) => status, (error) => error.code);
    this.#sent = sent;
    return sent;
  }

  leave() {
    this.#over = true;
    return this.send('41', '1');
  }

  async #request(options) {
    // A destroyed agent would open a new connection.
    if (this.#cut) throw Object.assign(new Error('It was cut.'), { final: true });
    return request(`${this.url}&sid=${this.sid}`, { agent: this.agent, ...options });
  }

  close() {
    this.#over = this.#cut = true;
    this.agent.destroy();
    this.ended('cut');
  }
}

/** A raw TCP connection. `closed` resolves with the status of the answer, or `closed` if there was none. */
export class Bytes {
  #got = '';

  constructor(service, first) {
    this.socket = net.connect(service.port, '127.0.0.1');
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text) => (this.#got += this.#got.length < 1_000 ? text : ''));
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.on('close', () => {
      clearInterval(this.timer);
      resolve(/^HTTP\/1\.1 (\d+)/.exec(this.#got)?.[1] ?? 'closed');
    }));
    if (first) this.socket.write(first);
  }

  /** Sends the text at intervals. */
  drip(text, everyMs = 1_000) {
    this.timer = setInterval(() => this.socket.write(text), everyMs);
  }

  written(bytes) {
    return new Promise((resolve) => this.socket.write(bytes, resolve));
  }

  close() {
    clearInterval(this.timer);
    this.socket.destroy();
  }
}
