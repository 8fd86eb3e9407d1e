// A balancer without sticky sessions: every request and every upgrade goes to a random instance. As in
// deploy/nginx.conf, the next one is tried if an instance refuses the connection or answers a new session or an upgrade
// with 503.
import http from 'node:http';

const SESSION = /^\/socket\.io\/.*[?&]sid=/;

const opensSession = ({ method, url }) => method === 'GET' && url.startsWith('/socket.io/') && !SESSION.test(url);

export class Balancer {
  #server;
  #instances;
  /** Number of requests and upgrades of each instance, by port. */
  served = new Map();
  /** The opened sessions, `{ port, at }`; `at` by `performance.now()`. */
  opened = [];
  /** Number of new sessions sent on after a 503. */
  sentOn = 0;

  /** `instances` is called for every request and returns the instances in rotation. */
  static async start(instances) {
    const balancer = new Balancer();
    balancer.#instances = instances;
    balancer.#server = http.createServer((incoming, answer) => {
      balancer.#forward(incoming, {
        response(response, outgoing) {
          answer.writeHead(response.statusCode, response.headers);
          response.pipe(answer);
          response.on('error', () => answer.destroy());
          answer.on('close', () => outgoing.destroy());
        },
        error: () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()),
      });
    });
    balancer.#server.on('upgrade', (incoming, socket, early) => {
      socket.on('error', () => {});
      balancer.#forward(incoming, {
        response(response) {
          response.resume();
          socket.end(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}\r\nConnection: close\r\n\r\n`);
        },
        upgrade: (response, other, first) => join(socket, early, response, other, first),
        error: () => socket.destroy(),
      });
    });
    await new Promise((resolve) => balancer.#server.listen(0, '127.0.0.1', resolve));
    balancer.port = balancer.#server.address().port;
    balancer.url = `http://127.0.0.1:${balancer.port}`;
    return balancer;
  }

  #forward(incoming, ends) {
    const untried = shuffled(this.#instances());
    const opens = opensSession(incoming);
    // Requests without a body that another instance may answer.
    const mayBeAskedAgain = opens || ends.upgrade !== undefined;
    const next = () => {
      const { port } = untried.pop();
      this.served.set(port, (this.served.get(port) ?? 0) + 1);
      // The client's address for the instances, as far as they trust this balancer.
      const outgoing = http.request({
        host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers, agent: false,
      });
      const opened = () => opens && this.opened.push({ port, at: performance.now() });
      let connected = false;
      outgoing.on('socket', (socket) => socket.once('connect', () => {
        connected = true;
        if (mayBeAskedAgain) outgoing.end();
        else incoming.pipe(outgoing);
      }));
      outgoing.on('response', (response) => {
        if (response.statusCode === 503 && mayBeAskedAgain && untried.length > 0) {
          this.sentOn++;
          response.resume();
          next();
        } else {
          if (response.statusCode === 200) opened();
          ends.response(response, outgoing);
        }
      });
      outgoing.on('upgrade', (...upgrade) => {
        opened();
        ends.upgrade(...upgrade);
      });
      outgoing.on('error', (error) => (!connected && untried.length > 0 ? next() : ends.error(error)));
    };
    next();
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function shuffled(instances) {
  return instances.map((instance) => [Math.random(), instance]).sort(([one], [other]) => one - other).map(([, instance]) => instance);
}

/** Connects both ends after the 101. */
function join(socket, early, response, other, first) {
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
}
