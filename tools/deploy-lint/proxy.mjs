// Runs nginx with deploy/nginx.conf in front of stand-ins for the instances: which requests reach them, which are blocked, and what
// happens after a 503.
// node proxy.mjs <nginx> <deploy/nginx.conf>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [nginx, file] = process.argv.slice(2);
const REACHED = ['/health', '/socket.io/?EIO=4&transport=polling', '/api/v1/broadcast/call-new', '/api/v1/stats/rooms?kind=city',
  '/api/v1/events?limit=10'];
const CLOSED = ['/api/v1/admin/instances', '/api/v1/admin', '/actuator/prometheus', '/actuator/health/readiness', '/api/docs', '/',
  '//actuator/prometheus', '/socket.io/../actuator/prometheus', '/socket.io/%2e%2e/actuator/prometheus', '/api/v1/%61dmin/audit',
  '/api/v1/stats/..%2fadmin/audit', '/healthy', '/API/v1/admin/audit', '/api/v1/events/x', '/socket.iox/'];

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

/** A stand-in for an instance: records the requests, and answers 503 while `refuses` is set. */
class Instance {
  asked = [];
  refuses = () => false;

  async start() {
    this.server = createServer((asked, answer) => {
      this.asked.push(asked.method);
      asked.resume().on('end', () => {
        if (this.refuses(asked)) answer.statusCode = 503;
        answer.end(JSON.stringify({ path: asked.url, headers: asked.headers }));
      });
    }).on('upgrade', (asked, socket) => {
      this.asked.push('upgrade');
      socket.end(this.refuses(asked) ? 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n'
        : 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    this.port = await listening(this.server);
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
const instances = [await new Instance().start(), await new Instance().start()];
const spare = createServer();
const port = await listening(spare);
await new Promise((resolve) => spare.close(resolve));

const folder = mkdtempSync(join(tmpdir(), 'realtime-proxy-'));
const conf = readFileSync(file, 'utf8')
  .replace('172.30.59.11:5009', `127.0.0.1:${instances[0].port}`)
  .replace('172.30.59.12:5009', `127.0.0.1:${instances[1].port}`)
  .replace(/ {8}server 172.*\n/, '')
  .replace('listen 5009', `listen 127.0.0.1:${port}`)
  .replaceAll('/tmp/', `${folder}/`);
writeFileSync(join(folder, 'nginx.conf'), `daemon off;\nmaster_process off;\n${conf}`);
const child = spawn(nginx, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'inherit', 'inherit'] });

function ask(path, headers = {}, method = 'GET') {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, method }, (answer) => {
      let text = '';
      answer.on('data', (data) => { text += data; }).on('end', () => resolve({ status: answer.statusCode, text }));
    });
    asked.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      resolve({ status: statusCode });
    }).on('error', reject).end();
  });
}

async function up() {
  for (let left = 100; left > 0; left--) {
    const answer = await ask('/health').catch(() => undefined);
    if (answer) return;
    assert.equal(child.exitCode, null, 'nginx ended');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nginx does not answer');
}

try {
  await up();
  for (const path of REACHED) {
    const { status, text } = await ask(path, { 'X-Forwarded-For': '192.0.2.1' });
    assert.equal(status, 200, path);
    assert.equal(JSON.parse(text).path, path);
    assert.equal(JSON.parse(text).headers['x-forwarded-for'], '127.0.0.1', 'the client says who it is');
  }
  for (const path of CLOSED) assert.ok([400, 404].includes((await ask(path)).status), `the world reaches ${path}`);
  const openWebSocket = () => ask('/socket.io/?EIO=4&transport=websocket', { Connection: 'Upgrade', Upgrade: 'websocket' });
  assert.equal((await openWebSocket()).status, 101);

  // Redis is unavailable: each broadcast gets the 503 of the instance that was asked, and no instance is taken out of rotation.
  for (const instance of instances) {
    instance.asked = [];
    instance.refuses = ({ url }) => url.startsWith('/api/');
  }
  for (let n = 0; n < 6; n++) assert.equal((await ask('/api/v1/broadcast/call-new', {}, 'POST')).status, 503);
  assert.deepEqual(instances.map(({ asked }) => asked.length), [3, 3]);
  assert.equal((await ask('/health')).status, 200);

  // One drains: new sessions go to the other one, and for a while all other requests too.
  const [stays, drains] = instances;
  stays.refuses = () => false;
  drains.refuses = ({ url }) => url.startsWith('/socket.io/');
  drains.asked = [];
  for (let n = 0; n < 4; n++) {
    assert.equal((await ask(`/socket.io/?EIO=4&transport=polling&n=${n}`)).status, 200);
    assert.equal((await openWebSocket()).status, 101);
    assert.equal((await ask('/api/v1/broadcast/call-new', {}, 'POST')).status, 200);
  }
  assert.equal(drains.asked.length, 1);
} finally {
  child.kill('SIGTERM');
  instances.forEach((instance) => instance.stop());
  await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
  rmSync(folder, { recursive: true, force: true });
}
