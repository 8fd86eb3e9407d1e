// The console in Chromium, with a real service and real sockets, as a person on shift uses it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Person } from '../support/console.mjs';
import { stageOf } from '../support/console-stage.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { adminToken } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const stage = stageOf({ firstUser: 41_000 });
const { test } = stage;
const connected = (more) => stage.connected(more);
const people = new Map();

/** A logged-in person in a new tab. */
async function person(role) {
  if (!people.has(role)) people.set(role, await stage.arrival(role));
  return people.get(role).anotherTab();
}

test('without a login, or with a wrong password, nobody gets in', async () => {
  const stranger = await Person.with(stage.browser, stage.console);
  await stranger.page.goto(`${stage.console.url}/connections`);
  await stranger.page.locator('input[name=username]').waitFor();
  await stranger.logIn('admin', 'not this one');
  await stranger.reads('Wrong user name or password.');
  assert.equal(await stranger.page.locator('.view').count(), 0);
  await stranger.close();
});

test('a socket appears and disappears without a reload', async () => {
  const anna = await person('admin');
  await anna.open('connections');
  await anna.mark();
  const client = await connected();
  await anna.reads(client.name);
  client.close();
  await anna.readsNoMore(client.name);
  assert.ok(await anna.wasNotReloaded());
  assert.deepEqual(anna.faults, []);
  await anna.page.close();
});

test('the table is filtered by the service, and the address keeps the filter', async () => {
  const anna = await person('viewer');
  const inSaratov = await connected({ cities: ['Саратов'] });
  const inPerm = await connected({ cities: ['Пермь'] });
  await anna.open('connections');
  await anna.reads(inSaratov.name);
  await anna.page.getByLabel('Search').fill('city:Саратов');
  await anna.readsNoMore(inPerm.name);
  await anna.reads(inSaratov.name);
  await until('the address to have the filter', () => decodeURIComponent(anna.page.url()).includes('city:Саратов'));
  await anna.page.reload();
  await anna.reads(inSaratov.name);
  assert.equal(await anna.page.getByText(inPerm.name).count(), 0);
  await anna.page.close();
});

test('a socket is closed with a reason, which its client is told', async () => {
  const anna = await person('admin');
  const client = await connected();
  await anna.open(`connections?socket=${client.socket.id}`);
  await anna.button('Close the socket').click();
  const reason = unique('two headsets at one desk');
  await anna.page.getByLabel('Reason').fill(reason);
  await anna.confirmation('Close the socket').click();
  const told = await client.event('error');
  assert.equal(told.code, 'closed_by_admin');
  assert.match(told.message, new RegExp(reason));
  await until('the client to be disconnected', () => client.disconnects.length > 0);
  await anna.reads('This socket has disconnected');
  await anna.open('audit');
  await anna.reads(reason);
  await anna.page.close();
});

test('a table is downloaded as Excel with Russian settings reads it, and no cell is a formula', async () => {
  const anna = await person('viewer');
  await connected({ name: '=HYPERLINK("http://x")' });
  await anna.open('connections');
  const [download] = await Promise.all([anna.page.waitForEvent('download'), anna.button('Download CSV').click()]);
  assert.match(download.suggestedFilename(), /^connections-20\d\d-\d\d-\d\d\.csv$/);
  const file = await readFile(await download.path());
  assert.deepEqual([...file.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const [header, ...rows] = file.toString().slice(1).trim().split('\r\n');
  assert.match(header, /^"User";"Name";/);
  const row = rows.find((line) => line.includes('HYPERLINK'));
  assert.match(row, /;"'=HYPERLINK\(""http:\/\/x""\)";/);
  assert.match(row, /;"\d\d\.\d\d\.20\d\d \d\d:\d\d:\d\d";/);
  await anna.page.close();
});

test('an open room shows its members', async () => {
  const anna = await person('viewer');
  const city = unique('Город');
  await anna.open(`rooms?room=${encodeURIComponent(`city:${city}`)}`);
  await anna.reads('Nobody is in this room now.');
  const client = await connected({ cities: [city] });
  await anna.reads(client.name);
  await anna.page.close();
});

test('a notification is sent to a room and arrives at a stock client', async () => {
  const semyon = await person('operator-admin');
  const city = unique('Город');
  const inIt = await connected({ cities: [city] });
  const elsewhere = await connected();
  await semyon.open(`send?room=${encodeURIComponent(`city:${city}`)}`);
  await semyon.reads('1 person, 1 socket');
  const message = unique('Авария на станции');
  await semyon.page.getByLabel('Message').fill(message);
  await semyon.button('Send…').click();
  await semyon.button('Send now').click();
  const notification = await inIt.event('notification');
  assert.equal(notification.message, message);
  await semyon.reads('Written to 1 of 1 socket');
  assert.equal(elsewhere.events.filter(({ name }) => name === 'notification').length, 0);
  // The history of another person shows it too.
  const vera = await person('viewer');
  await vera.open('send');
  await vera.reads(message);
  await vera.page.close();
  await semyon.page.close();
});

test('a viewer can neither send nor close, on the page or around it', async () => {
  const vera = await person('viewer');
  const client = await connected();
  await vera.open('send');
  await vera.reads('Only operator admins and administrators may send.');
  assert.ok(await vera.button('Send…').isDisabled());
  await vera.open(`connections?socket=${client.socket.id}`);
  await vera.reads('Only administrators may close sockets, change rooms and block users.');
  assert.equal(await vera.button('Close the socket').count(), 0);
  const answer = await request(`${stage.service.url}/api/v1/admin/notifications`, {
    headers: { Authorization: `Bearer ${adminToken('viewer')}` },
    body: { to: { everybody: true }, notification: { message: 'no' } },
  });
  assert.equal(answer.status, 403);
  await vera.page.close();
});

test('an event appears live, and its phone number only with a reason', async () => {
  const semyon = await person('operator-admin');
  await semyon.open('events');
  const id = unique('call');
  const { id: event } = await accepted(stage.service, 'call-new', { call: { id, phoneClient: '+79991234567' } });
  await semyon.page.getByText(id).first().click();
  await semyon.reads(event);
  assert.equal(await semyon.page.getByText('+79991234567').count(), 0);
  await semyon.button('Show numbers').click();
  const reason = unique('the client complained');
  await semyon.page.getByLabel('Reason').fill(reason);
  await semyon.confirmation('Show numbers').click();
  await semyon.reads('+79991234567');
  await semyon.open('audit');
  await semyon.reads(reason);
  // A call that waits for ever is a warning.
  await accepted(stage.service, 'call-ended', { call: { id, status: 'ended' } });
  await semyon.page.close();
});

test('both languages and both colours, kept for the next visit', async () => {
  const anna = await stage.arrival('admin', { colorScheme: 'light' });
  const brightness = () => anna.page.evaluate(`
    const probe = document.createElement('canvas').getContext('2d');
    probe.fillStyle = getComputedStyle(document.querySelector('.card')).backgroundColor;
    probe.fillRect(0, 0, 1, 1);
    probe.getImageData(0, 0, 1, 1).data[0]`);
  await anna.reads('People online');
  assert.ok(await brightness() > 200);
  await anna.page.getByLabel('Dark or light').click();
  await until('it to be dark', async () => await brightness() < 80);
  await anna.page.getByLabel('Language').click();
  await anna.page.getByText('Русский').click();
  await anna.reads('Людей в сети');
  await anna.open('connections');
  await anna.reads('Подключения');
  assert.equal(await anna.page.evaluate('document.documentElement.lang'), 'ru');
  await anna.open('');
  assert.ok(await brightness() < 80);
  assert.deepEqual(anna.faults, []);
  await anna.page.close();
});

test('the service goes down and returns: the page says so, keeps its data, and continues', { timeout: 180_000 }, async () => {
  const anna = await person('admin');
  const before = await connected();
  await anna.open('connections');
  await anna.reads(before.name);
  await anna.mark();
  await stage.service.stop('SIGKILL');
  await anna.page.getByText('The service has not answered since').first().waitFor();
  assert.ok(await anna.page.getByText(before.name).first().isVisible());
  // The service alone knows how Redis is.
  await anna.page.locator('.state-down[title="Service: down"]').waitFor();
  await anna.page.locator('.state-unknown[title="Redis: not known"]').waitFor();
  // What cannot be read is not empty.
  const vera = await person('viewer');
  for (const view of ['audit', 'events?before=now']) {
    await vera.open(view);
    await vera.reads('The service does not answer.');
    assert.equal(await vera.page.getByText(/No matching/).filter({ visible: true }).count(), 0);
  }
  await vera.page.close();
  before.close();
  await stage.startService();
  await anna.page.getByText('The service has not answered since').first().waitFor({ state: 'hidden' });
  const later = await connected();
  await anna.reads(later.name);
  assert.ok(await anna.wasNotReloaded());
  await anna.page.close();
});

test('Redis goes down and returns: the page says so and continues', { timeout: 120_000 }, async () => {
  const anna = await person('admin');
  await anna.open('');
  await anna.reads('Everything is fine.');
  await stage.redis.stop('SIGKILL');
  await anna.page.getByText('Redis has been unavailable since').first().waitFor();
  await stage.redis.start();
  await anna.reads('Everything is fine.');
  await anna.open('events');
  const id = unique('call');
  await until('events to be taken again', () => accepted(stage.service, 'call-new', { call: { id } }).then(() => true), { timeoutMs: 20_000 });
  await anna.reads(id);
  await anna.page.close();
});
