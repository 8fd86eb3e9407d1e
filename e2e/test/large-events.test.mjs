// Events larger than a connection accepts at once.
import assert from 'node:assert/strict';
import { before } from 'node:test';
import { join, settled } from '../support/clients.mjs';
import { testsOf } from '../support/harness.mjs';
import { accepted } from '../support/http.mjs';
import { sharedService } from '../support/service.mjs';
import { operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let service;
before(async () => {
  service = await sharedService();
});
const test = testsOf(() => service);

test('a large event passes through either transport', async () => {
  const text = 'ж'.repeat(100_000);
  const clients = [
    await join(service, operator('t6'), { transports: ['websocket'] }),
    await join(service, operator('t7'), { transports: ['polling'] }),
  ];
  await accepted(service, 'notification', { notification: { message: text }, rooms: ['operators'] });
  await settled(service, ...clients);
  for (const client of clients) assert.equal(client.broadcasts()[0][1].message, text);
});

for (const transport of ['websocket', 'polling']) {
  test(`${transport}: small events right behind large ones are not stuck`, { timeout: 90_000 }, async () => {
    const client = await join(service, operator('t8'), { transports: [transport] });
    const text = 'ж'.repeat(100_000);
    let sent = 0;
    for (let round = 0; round < 40; round++) {
      const posts = Array.from({ length: 8 }, (_, n) => accepted(service, 'call-updated', {
        call: { id: `${round}-${n}`, ...(n % 2 === 0 && { more: text }) },
        rooms: ['operators'],
      }));
      sent += posts.length;
      await Promise.all(posts);
      // Nothing else is sent that could flush them.
      await until(`${sent} events`, () => client.broadcasts().length === sent);
    }
    assert.equal(new Set(client.broadcasts().map(([, { id }]) => id)).size, sent);
    assert.deepEqual(client.disconnects, []);
  });
}
