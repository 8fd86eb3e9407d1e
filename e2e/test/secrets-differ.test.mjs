// Two instances over one Redis with different secrets report it and keep running.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { testsOf } from '../support/harness.mjs';
import { request } from '../support/http.mjs';
import { Service, ownService } from '../support/service.mjs';
import { JWT_SECRET, WEBHOOK_TOKEN } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const OTHER = 'another-jwt-secret-of-more-than-thirty-two-bytes';

let redis;
let first;
let second;
before(async () => {
  ({ redis, service: first } = await ownService());
});
after(() => second?.stop());
const test = testsOf(() => [first, second]);

const health = async ({ url }) => (await request(`${url}/health`)).json;

test('JWT_SECRET differs: both name the variable, neither shows its value, and the report ends once it is fixed', { timeout: 180_000 }, async () => {
  assert.deepEqual((await health(first)).problems, []);
  // This service will be degraded and hence never ready: waits for any answer instead.
  second = await Service.start({ ...redis.env, JWT_SECRET: OTHER, WEBHOOK_TOKEN }, { evenDegraded: true });
  for (const service of [first, second]) {
    await until('health to name the variable', async () => (await health(service)).problems.length > 0, { timeoutMs: 30_000 });
    const { status, problems } = await health(service);
    assert.equal(status, 'degraded');
    assert.deepEqual(problems, ['JWT_SECRET differs between instances']);
    await until('the log to say so', () => /ERROR.*JWT_SECRET of this instance/.test(service.output));
    for (const secret of [OTHER, JWT_SECRET, WEBHOOK_TOKEN]) assert.ok(!service.output.includes(secret));
  }
  await second.stop();
  await until('health to be well again', async () => (await health(first)).status === 'ok', { timeoutMs: 30_000 });
});
