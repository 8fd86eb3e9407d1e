// The console's people, calls and wallboard in Chromium, with a real service: what a supervisor sees of calls.
import assert from 'node:assert/strict';
import { LONG, PATIENCE, stageOf } from '../support/console-stage.mjs';
import { accepted, unique } from '../support/http.mjs';
import { until } from '../support/wait.mjs';

const THRESHOLDS = { CONSOLE_CALLS_WARN_AFTER: '3s', CONSOLE_CALLS_ALARM_AFTER: '6s' };

let anna;

/** A time zone in which it is about noon, so that no midnight ends "today" in the middle of a test. */
function noon() {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

const stage = stageOf({
  env: THRESHOLDS,
  firstUser: 51_000,
  ready: async () => { anna = await stage.arrival('admin', { timezoneId: noon() }); },
});
const { test } = stage;
const connected = () => stage.connected({ cities: ['Саратов'] });

/** A call of its own city, by which its row is found. */
async function incoming(operatorId) {
  const call = { id: unique('call'), phoneClient: '+79991234567', city: unique('Город'), ...(operatorId && { operatorId }) };
  await accepted(stage.service, 'call-new', { call });
  return call;
}
const answered = (call) => accepted(stage.service, 'call-updated', { call: { ...call, status: 'in_progress' } });
const ended = (call, status) => accepted(stage.service, 'call-ended', { call: { ...call, status } });

/** The visible rows of a call in the list of a stage; tables keep hidden rows for reuse. */
const row = (page, stage, call) => page.locator(`.calls-${stage} .call`).filter({ hasText: call.city }).filter({ visible: true });
const gone = (what, locator) => until(what, async () => await locator.count() === 0, PATIENCE);
const number = (page, tile) => page.locator(`.wall-${tile} .wall-number`).first().textContent();
const shows = (page, tile, count) => until(`${tile} to be ${count}`, async () => await number(page, tile) === String(count), PATIENCE);

test('a call waits, is talked on and ends; its time runs in the browser', LONG, async () => {
  const operator_ = await connected();
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('calls');
  await tab.mark();
  const call = await incoming(operator_.userId);
  const waiting = row(page, 'waiting', call);
  await waiting.waitFor();
  assert.equal(await page.getByText('+79991234567').count(), 0);
  await waiting.getByText(operator_.name).waitFor();
  const time = waiting.locator('running-time');
  const first = await until('a time', async () => /^\d+:\d\d$/.exec(await time.textContent())?.[0], PATIENCE);
  await until('the time to run', async () => await time.textContent() !== first, PATIENCE);
  await until('the warning', async () => ['warning', 'alarm'].includes(await time.getAttribute('data-level')), PATIENCE);
  await until('the alarm', async () => await time.getAttribute('data-level') === 'alarm', PATIENCE);
  await answered(call);
  await row(page, 'talking', call).waitFor();
  await gone('the call to wait no more', waiting);
  await until('no colour', async () => await row(page, 'talking', call).locator('running-time').getAttribute('data-level') === '', PATIENCE);
  await ended(call, 'ended');
  await gone('the call to be over', row(page, 'talking', call));
  assert.equal(await row(page, 'missed', call).count(), 0);
  assert.ok(await tab.wasNotReloaded());
  assert.deepEqual(tab.faults, []);
  operator_.close();
  await page.close();
});

test('a missed call is listed and leads to its events and to the operator', LONG, async () => {
  const operator_ = await connected();
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('calls');
  const call = await incoming(operator_.userId);
  await row(page, 'waiting', call).waitFor();
  await ended(call, 'no_answer');
  const missed = row(page, 'missed', call);
  await missed.waitFor();
  await gone('the call to wait no more', row(page, 'waiting', call));
  await missed.getByRole('link', { name: `Events of call ${call.id}` }).click();
  await tab.reads('Call ended');
  await tab.reads('New call');
  const ids = await page.getByText(/^call-[0-9a-f]{8}$/).filter({ visible: true }).allTextContents();
  assert.deepEqual([...new Set(ids)], [call.id]);
  await page.goBack();
  await row(page, 'missed', call).getByText(operator_.name).click();
  await page.locator('.person-detail').getByText('1 socket').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('person'), String(operator_.userId));
  operator_.close();
  await page.close();
});

test('the calls are filtered by the service, and the address keeps the filter', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  const one = await incoming();
  const other = await incoming();
  await tab.open('calls');
  await row(page, 'waiting', other).waitFor();
  await page.getByLabel('Search').fill(one.id);
  await gone('the other call', row(page, 'waiting', other));
  await row(page, 'waiting', one).waitFor();
  await until('the address to have the filter', () => page.url().includes(one.id));
  await tab.open(`calls?city=${encodeURIComponent(other.city)}`);
  await row(page, 'waiting', other).waitFor();
  assert.equal(await row(page, 'waiting', one).count(), 0);
  await ended(one, 'busy');
  await ended(other, 'busy');
  await page.close();
});

test('what a person does follows their calls, and offline people are found', LONG, async () => {
  const operator_ = await connected();
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open(`people?text=${encodeURIComponent(operator_.name)}`);
  const status = (words) => page.locator('.people-table .status').filter({ hasText: words }).filter({ visible: true }).waitFor({ timeout: PATIENCE.timeoutMs });
  await tab.reads(operator_.name);
  await status('Free');
  const call = await incoming(operator_.userId);
  await status('Ringing');
  await answered(call);
  await status('Talking');
  await ended(call, 'ended');
  await status('Free');
  operator_.close();
  await status('Offline');
  await tab.open(`people?status=offline&text=${encodeURIComponent(operator_.name)}`);
  await tab.reads(operator_.name);
  await page.getByText(operator_.name).filter({ visible: true }).first().click();
  await page.locator('.person-detail').getByText('No socket is open now.').waitFor();
  assert.deepEqual(tab.faults, []);
  await page.close();
});

test('the wallboard counts, warns in its title, and is heard if that was wanted', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('wall');
  await shows(page, 'waiting', 0);
  assert.equal(await page.title(), 'Wallboard');
  const sound = page.locator('.wall-sound');
  assert.equal(await sound.textContent(), 'Switch the sound on');
  const missed = Number(await number(page, 'missed'));
  const call = await incoming();
  await shows(page, 'waiting', 1);
  await until('the title', async () => await page.title() === '(1) Wallboard', PATIENCE);
  const longest = page.locator('.wall-longest running-time');
  await until('the alarm', async () => await longest.getAttribute('data-level') === 'alarm', PATIENCE);
  assert.equal(await sound.getAttribute('data-rung'), null);
  await sound.click();
  await until('the sound', async () => await sound.getAttribute('data-rung') === '1', PATIENCE);
  assert.equal(await sound.textContent(), 'Sound is on');
  await answered(call);
  await shows(page, 'waiting', 0);
  await shows(page, 'talking', 1);
  await until('the title without a number', async () => await page.title() === 'Wallboard', PATIENCE);
  await ended(call, 'ended');
  await shows(page, 'talking', 0);
  await ended(await incoming(), 'busy');
  await until('one more missed call', async () => Number(await number(page, 'missed')) > missed, PATIENCE);
  await page.reload();
  await until('the sound to be remembered', async () => await sound.getAttribute('aria-pressed') === 'true', PATIENCE);
  assert.deepEqual(tab.faults, []);
  await page.close();
});

test('neither a frozen console nor an outage of the service looks fine', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('wall');
  await shows(page, 'waiting', 0);
  stage.console.freeze();
  try {
    await page.getByText('The console has not answered since').waitFor();
    assert.equal(await page.title(), '⚠ Wallboard');
    assert.ok(await page.evaluate('document.body.hasAttribute("data-silent")'));
  } finally {
    stage.console.thaw();
  }
  await page.getByText('The console has not answered since').waitFor({ state: 'hidden' });
  await until('the title to be as before', async () => await page.title() === 'Wallboard', PATIENCE);
  await stage.service.stop('SIGKILL');
  await page.getByText('The service has not answered since').first().waitFor();
  await until('the title', async () => await page.title() === '⚠ Wallboard', PATIENCE);
  await stage.startService();
  await page.getByText('The service has not answered since').first().waitFor({ state: 'hidden' });
  await until('fresh numbers', async () => await page.locator('.wall-stale').count() === 0 && await page.title() === 'Wallboard', PATIENCE);
  await page.close();
});
