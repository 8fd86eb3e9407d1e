// An invalid configuration ends the start with a non-zero code, names the variable, and reveals no secret.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { existsSync, writeFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { testsOf } from '../support/harness.mjs';
import { SigningKey } from '../support/keys.mjs';
import { scratchFolder } from '../support/paths.mjs';
import { freePort } from '../support/processes.mjs';
import { jar } from '../support/service.mjs';
import { JWT_SECRET, WEBHOOK_TOKEN } from '../support/tokens.mjs';
import { within } from '../support/wait.mjs';

const test = testsOf(() => undefined);
const REDIS = { REDIS_HOST: '127.0.0.1', REDIS_PORT: '1' };
const SECRETS = { JWT_SECRET, WEBHOOK_TOKEN };

/** Starts the jar and waits for its end; resolves with its output. */
async function refused(env, args = []) {
  const cwd = scratchFolder('refused');
  const run = jar(['--realtime.bind-address=127.0.0.1', ...args], { env: { PORT: '0', ...env }, cwd });
  try {
    const { code, signal } = await within(100_000, 'the start to be refused', run.ended);
    assert.equal(signal, null, run.output);
    assert.notEqual(code, 0, run.output);
    assert.ok(!existsSync(path(cwd, 'data/redis/redis.pid')), 'no Redis is left');
    return run.output;
  } finally {
    await run.stop('SIGKILL');
  }
}

const cases = {
  'CORS_ORIGIN is *': [{ CORS_ORIGIN: '*' }, /CORS_ORIGIN/],
  'CORS_ORIGIN has a path': [{ CORS_ORIGIN: 'http://localhost:3000,http://x.example/app' }, /CORS_ORIGIN.*x\.example/s],
  'PORT is no port': [{ PORT: 'http' }, /PORT/],
  'PORT is too large': [{ PORT: '70000' }, /PORT/],
  'JWT_SECRET is the brief\'s placeholder': [{ JWT_SECRET: 'your-secret' }, /JWT_SECRET.*openssl/s],
  'JWT_SECRET is short': [{ JWT_SECRET: 'only-30-bytes-aaaabbbbccccdddd' }, /JWT_SECRET.*32/s],
  'WEBHOOK_TOKEN is the brief\'s placeholder': [{ WEBHOOK_TOKEN: 'your-webhook-secret' }, /WEBHOOK_TOKEN.*openssl/s],
  'WEBHOOK_TOKEN is short': [{ WEBHOOK_TOKEN: 'fifteen-chars-x' }, /WEBHOOK_TOKEN.*16/s],
  'REDIS_HOST without secrets': [{ ...REDIS }, /JWT_SECRET[^]*WEBHOOK_TOKEN/],
  'REDIS_HOST without WEBHOOK_TOKEN': [{ ...REDIS, JWT_SECRET }, /WEBHOOK_TOKEN/],
  'REDIS_PORT is no port': [{ ...SECRETS, REDIS_HOST: '127.0.0.1', REDIS_PORT: 'x' }, /REDIS_PORT/],
  'profile production without REDIS_HOST': [{ ...SECRETS, SPRING_PROFILES_ACTIVE: 'production' }, /REDIS_HOST/],
};
for (const [what, [env, says]] of Object.entries(cases)) {
  test(what, { timeout: 120_000 }, async () => {
    const output = await refused(env);
    assert.match(output, says);
    for (const name of ['JWT_SECRET', 'WEBHOOK_TOKEN']) {
      if (env[name]) assert.ok(!output.includes(env[name]), `${name}'s value is in the output`);
    }
    assert.ok(!/^\s+at [\w.$]+\(/m.test(output), 'a sentence, no stack trace');
  });
}

const absentKeys = path(scratchFolder('keys'), 'absent.pem');
const wrongIdentities = {
  'a file of keys is not there': [{ KEYS: absentKeys }, [/realtime\.identity\.keys names \S*absent\.pem.*no such file/]],
  'keys would come by plain HTTP': [{ KEYS: 'http://id.example/keys' }, [/realtime\.identity\.keys has the URL http:\/\/id\.example/]],
  'the refresh is too quick': [{ KEYSREFRESH: '1ms' }, [/realtime\.identity\.keys-refresh must be/]],
  'an algorithm is not known': [{ ALGORITHMS: 'HS256,HS512' }, [/realtime\.identity\.algorithms/, /HS512/, /EDDSA|EdDSA/]],
  'an algorithm has no keys': [{ ALGORITHMS: 'HS256,RS256' }, [/realtime\.identity\.algorithms names RS256/]],
  'the admin API\'s audience': [{ AUDIENCES: 'realtime,admin-api' }, [/realtime\.identity\.audiences must not name admin-api/]],
};
for (const [what, [settings, says]] of Object.entries(wrongIdentities)) {
  test(what, { timeout: 120_000 }, async () => {
    const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`REALTIME_IDENTITY_${name}`, value]));
    const output = await refused({ ...SECRETS, ...env });
    for (const words of says) assert.match(output, words);
    assert.ok(!output.includes(JWT_SECRET) && !output.includes(WEBHOOK_TOKEN), 'no secret');
    assert.ok(!/^\s+at [\w.$]+\(/m.test(output), 'a sentence, no stack trace');
  });
}

test('a step of unanswered calls is not later than the one before', { timeout: 120_000 }, async () => {
  const output = await refused({
    ...SECRETS,
    REALTIME_BOARD_UNANSWEREDSTEPS_0_AFTER: '20s',
    REALTIME_BOARD_UNANSWEREDSTEPS_0_ROOMS: 'directors',
  });
  assert.match(output, /realtime\.board\.unanswered-steps\[0\]\.after must be longer/);
  assert.ok(!/^\s+at [\w.$]+\(/m.test(output), 'a sentence, no stack trace');
});

test('a private key among the public ones, whose value is not shown', { timeout: 120_000 }, async () => {
  const file = path(scratchFolder('keys'), 'pair.pem');
  const key = new SigningKey('ES256');
  writeFileSync(file, key.pem + key.privatePem);
  const output = await refused({ ...SECRETS, REALTIME_IDENTITY_KEYS: file });
  assert.match(output, /realtime\.identity\.keys names \S*pair\.pem.*it has a private key/);
  for (const line of key.privatePem.split('\n').filter((text) => text.length > 8)) assert.ok(!output.includes(line));
  assert.ok(!/^\s+at [\w.$]+\(/m.test(output), 'a sentence, no stack trace');
});

test('the port is taken', { timeout: 120_000 }, async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  try {
    const output = await refused({ PORT: String(port) });
    assert.match(output, new RegExp(`${port}`));
    assert.match(output, /in use|busy|taken/i);
  } finally {
    other.close();
  }
});
