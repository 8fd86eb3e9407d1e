// A wire between a service and its Redis that can be cut.
import { connect, createServer } from 'node:net';

export class Wire {
  #server;
  #ends = new Set();
  #cut = false;

  /** To that port of this machine. */
  static async to(port) {
    const wire = new Wire();
    wire.#server = createServer((near) => {
      if (wire.#cut) {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      for (const [one, other] of [[near, far], [far, near]]) {
        wire.#ends.add(one);
        one.on('error', () => {});
        one.on('close', () => {
          wire.#ends.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get port() {
    return this.#server.address().port;
  }

  /** From now on nothing comes through, and what was open is broken. */
  cut() {
    this.#cut = true;
    this.#ends.forEach((end) => end.destroy());
  }

  mend() {
    this.#cut = false;
  }

  close() {
    this.cut();
    this.#server.close();
  }
}
