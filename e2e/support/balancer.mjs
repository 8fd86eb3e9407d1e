// A balancer that remembers nothing: every request and every upgrade goes to an instance at random.
import http from 'node:http';

export class Balancer {
  #server;
  /** How many requests and upgrades each instance got, by port. */
  served = new Map();

  /** `instances` is asked for every request: those that are in the balancer at that moment. */
  static async start(instances) {
    const balancer = new Balancer();
    const choose = () => {
      const all = instances();
      const { port } = all[Math.floor(Math.random() * all.length)];
      balancer.served.set(port, (balancer.served.get(port) ?? 0) + 1);
      return port;
    };
    // The instances see the one who asked, as far as they are told to believe it.
    const forward = (incoming) => http.request({
      host: '127.0.0.1', port: choose(), method: incoming.method, path: incoming.url, headers: incoming.headers, agent: false,
    });
    balancer.#server = http.createServer((incoming, answer) => {
      const outgoing = forward(incoming);
      outgoing.on('response', (response) => {
        answer.writeHead(response.statusCode, response.headers);
        response.pipe(answer);
        response.on('error', () => answer.destroy());
      });
      outgoing.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
      answer.on('close', () => outgoing.destroy());
      incoming.pipe(outgoing);
    });
    balancer.#server.on('upgrade', (incoming, socket, early) => {
      const outgoing = forward(incoming);
      socket.on('error', () => outgoing.destroy());
      outgoing.on('error', () => socket.destroy());
      outgoing.on('response', (response) => {
        response.resume();
        socket.end(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\nConnection: close\r\n\r\n`);
      });
      outgoing.on('upgrade', (response, other, first) => {
        const lines = [];
        for (let i = 0; i < response.rawHeaders.length; i += 2) {
          lines.push(`${response.rawHeaders[i]}: ${response.rawHeaders[i + 1]}`);
        }
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
        socket.write(first);
        other.write(early);
        other.on('error', () => socket.destroy());
        socket.on('error', () => other.destroy());
        socket.on('close', () => other.destroy());
        other.on('close', () => socket.destroy());
        other.pipe(socket);
        socket.pipe(other);
      });
      outgoing.end();
    });
    await new Promise((resolve) => balancer.#server.listen(0, '127.0.0.1', resolve));
    balancer.port = balancer.#server.address().port;
    balancer.url = `http://127.0.0.1:${balancer.port}`;
    return balancer;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
