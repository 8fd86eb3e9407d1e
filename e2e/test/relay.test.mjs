// The relay used by other tests does exactly what its methods promise.
import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { after, before } from 'node:test';
import { onClose, testsOf } from '../support/harness.mjs';
import { Relay } from '../support/relay.mjs';
import { until } from '../support/wait.mjs';

/** Answers every line with the same line, and records what it receives. */
class Echo {
  heard = '';
  ends = [];

  static async start() {
    const echo = new Echo();
    echo.server = createServer((socket) => {
      socket.on('data', (data) => {
        echo.heard += data;
        socket.write(data);
      });
      socket.on('end', () => echo.ends.push('end'));
      socket.on('error', () => echo.ends.push('reset'));
    });
    await new Promise((resolve) => echo.server.listen(0, '127.0.0.1', resolve));
    return echo;
  }
}

class Caller {
  heard = '';
  ends = [];

  constructor(port) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (data) => { this.heard += data; });
    this.socket.on('end', () => this.ends.push('end'));
    this.socket.on('error', () => this.ends.push('reset'));
    onClose(() => this.socket.destroy());
  }

  say(text) {
    this.socket.write(text);
  }

  hears(text) {
    return until(() => `${text} after ${this.heard}`, () => this.heard.endsWith(text));
  }

  ended(how) {
    return until(() => `${how}, there were ${this.ends}`, () => this.ends.includes(how));
  }
}

let echo;
before(async () => {
  echo = await Echo.start();
});
after(() => echo.server.close());
const test = testsOf(() => []);

async function through() {
  const relay = await Relay.to(echo.server.address().port);
  onClose(() => relay.close());
  echo.heard = '';
  echo.ends = [];
  const caller = new Caller(relay.port);
  caller.say('one\n');
  await caller.hears('one\n');
  return { relay, caller };
}

/** A round trip through another relay, long enough for bytes that are not held. */
async function meanwhile() {
  const { caller } = await through();
  caller.socket.destroy();
}

test('bytes pass in order, and the end of either side', async () => {
  const { relay, caller } = await through();
  const much = `${'x'.repeat(3_000_000)}\n`;
  caller.say(much);
  await until('all of it', () => caller.heard.length === 4 + much.length);
  caller.socket.end();
  await caller.ended('end');
  assert.deepEqual(echo.ends, ['end']);
  await until('the relay to forget it', () => relay.open === 0);
});

test('drop breaks what is open at both ends, and the next connection comes through; cut refuses it until mend', async () => {
  const { relay, caller } = await through();
  relay.drop();
  await caller.ended('reset');
  await until('the other end', () => echo.ends.includes('reset'));
  const next = new Caller(relay.port);
  next.say('two\n');
  await next.hears('two\n');
  relay.cut();
  await next.ended('reset');
  await new Caller(relay.port).ended('reset');
  relay.mend();
  const last = new Caller(relay.port);
  last.say('three\n');
  await last.hears('three\n');
  assert.equal(relay.taken, 3);
});

test('freeze holds everything, including an end, and mend lets it continue', async () => {
  const { relay, caller } = await through();
  relay.freeze();
  const other = new Caller(relay.port);
  other.say('new\n');
  caller.say('two\n');
  caller.socket.end();
  await meanwhile();
  assert.doesNotMatch(echo.heard, /two|new/);
  relay.mend();
  await caller.hears('two\n');
  await caller.ended('end');
  await other.hears('new\n');
});

test('freeze of one direction lets the other pass', async () => {
  const { relay, caller } = await through();
  relay.freeze('down');
  caller.say('two\n');
  await until('the bytes up', () => echo.heard.endsWith('two\n'));
  assert.equal(caller.heard, 'one\n');
  relay.mend();
  await caller.hears('two\n');
});

test('blackhole silently discards one direction; mend resets only connections that lost bytes', async () => {
  const { relay, caller } = await through();
  const quiet = new Caller(relay.port);
  quiet.say('quiet\n');
  await quiet.hears('quiet\n');
  relay.blackhole('down');
  caller.say('two\n');
  await until('the bytes up', () => echo.heard.endsWith('two\n'));
  await meanwhile();
  assert.deepEqual([caller.heard, caller.ends], ['one\n', []]);
  relay.mend();
  await caller.ended('reset');
  quiet.say('three\n');
  await quiet.hears('three\n');
});

test('slow holds every chunk for a while', async () => {
  const { relay, caller } = await through();
  relay.slow({ delayMs: 200 }, 'up');
  const began = performance.now();
  caller.say('two\n');
  await caller.hears('two\n');
  assert.ok(performance.now() - began >= 190);
});
