// A TCP relay that misbehaves like a network: it cuts, drops, freezes, slows, and swallows one direction.
import { connect, createServer } from 'node:net';

/** From the client to the port behind the relay, and back. */
const DIRECTIONS = ['up', 'down'];

export class Relay {
  #server;
  #links = new Set();
  #cut = false;
  #ways = { up: new Way(), down: new Way() };
  /** Number of connections accepted so far. */
  taken = 0;
  /** The port that new connections go to. */
  target;

  /** Starts a relay to that local port. */
  static async to(port) {
    const relay = new Relay();
    relay.target = port;
    relay.#server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => relay.#take(near));
    await new Promise((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  #take(near) {
    near.on('error', () => {});
    if (this.#cut) {
      near.resetAndDestroy();
      return;
    }
    this.taken++;
    const link = new Link(near, connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }), this.#ways);
    this.#links.add(link);
    link.closed.then(() => this.#links.delete(link));
  }

  get port() {
    return this.#server.address().port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Number of open connections. */
  get open() {
    return this.#links.size;
  }

  /** Resets open connections on both ends; new ones pass. */
  drop() {
    this.#links.forEach((link) => link.reset());
  }

  /** Resets open connections and refuses new ones until `mend`. */
  cut() {
    this.#cut = true;
    this.drop();
  }

  /** Holds all bytes silently until `mend`, which lets them continue. Both directions unless one is named. */
  freeze(...directions) {
    this.#each(directions, (way) => way.freeze());
  }

  /**
   * Discards what goes in these directions, including the end, while senders see their bytes accepted. `mend` resets
   * connections that lost bytes, since TCP never delivers a stream with a hole.
   */
  blackhole(...directions) {
    this.#each(directions, (way) => way.swallow());
  }

  /** Delays every chunk, and limits the bytes per second of a connection. */
  slow({ delayMs = 0, bytesPerSecond = Infinity } = {}, ...directions) {
    this.#each(directions, (way) => way.slow(delayMs, bytesPerSecond));
  }

  /** Ends all disturbances. */
  mend() {
    this.#cut = false;
    this.#each([], (way) => way.mend());
    this.#links.forEach((link) => link.lost && link.reset());
  }

  close() {
    this.cut();
    this.#each([], (way) => way.mend());
    this.#server.close();
  }

  #each(directions, action) {
    (directions.length === 0 ? DIRECTIONS : directions).forEach((direction) => action(this.#ways[direction]));
  }
}

/** The state of one direction, for all connections. */
class Way {
  #waiting = [];
  frozen = false;
  swallowing = false;
  #delayMs = 0;
  #bytesPerSecond = Infinity;

  freeze() {
    this.frozen = true;
  }

  swallow() {
    this.swallowing = true;
    this.#thaw();
  }

  slow(delayMs, bytesPerSecond) {
    this.#delayMs = delayMs;
    this.#bytesPerSecond = bytesPerSecond;
  }

  mend() {
    this.swallowing = false;
    this.slow(0, Infinity);
    this.#thaw();
  }

  #thaw() {
    this.frozen = false;
    this.#waiting.splice(0).forEach((go) => go());
  }

  /** Resolves once that many bytes may pass. */
  async passage(bytes) {
    const ms = this.#delayMs + (1_000 * bytes) / this.#bytesPerSecond;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    while (this.frozen) await new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** One connection: two sockets and the bytes between them. */
class Link {
  /** Whether bytes were discarded. */
  lost = false;

  constructor(near, far, ways) {
    this.ends = [near, far];
    far.on('error', () => {});
    this.closed = Promise.all(this.ends.map((end) => new Promise((resolve) => end.on('close', resolve))));
    this.#flow(near, far, ways.up);
    this.#flow(far, near, ways.down);
  }

  #flow(from, to, way) {
    let last = Promise.resolve();
    const then = (bytes, action) => {
      from.pause();
      last = last.then(() => way.passage(bytes)).then(() => {
        if (way.swallowing) this.lost = true;
        else return action();
      }).then(() => from.resume());
    };
    from.on('data', (chunk) => then(chunk.length, () => written(to, chunk)));
    from.on('end', () => then(0, () => to.end()));
    from.on('close', (broken) => broken && then(0, () => to.resetAndDestroy()));
  }

  reset() {
    this.ends.forEach((end) => end.resetAndDestroy());
  }
}

/** Writes and resolves once there is room for more. */
function written(socket, chunk) {
  if (socket.destroyed || socket.write(chunk)) return undefined;
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
