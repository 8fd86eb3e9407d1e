// The console for people who use a keyboard, a screen reader, a phone: axe on every view, and ways through the views.
import assert from 'node:assert/strict';
import { findings } from '../support/axe.mjs';
import { Person } from '../support/console.mjs';
import { LONG, PATIENCE, stageOf } from '../support/console-stage.mjs';
import { Client } from '../support/clients.mjs';
import { accepted, request, unique } from '../support/http.mjs';
import { adminToken, operator } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let anna;
let artyom;
let event;

const stage = stageOf({
  ready: async ({ service }) => {
    await accepted(service, 'order-new', { order: { id: 77, clientName: 'Иван', city: 'Саратов' } });
    ({ id: event } = await accepted(service, 'call-new', { call: { id: unique('call'), phoneClient: '+79991234567', operatorId: 61_001, city: 'Саратов' } }));
    await request(`${service.url}/api/v1/admin/notifications`, {
      headers: { Authorization: `Bearer ${adminToken('admin')}` },
      body: { to: { rooms: ['city:Саратов'] }, notification: { message: 'Авария на станции', severity: 'warning' } },
    });
    anna = await stage.arrival('admin', { locale: 'ru-RU', viewport: WIDE });
  },
});
const { test } = stage;

/** Артём connects; at the end of each test he leaves. */
async function arrive() {
  artyom = new Client(stage.service.url, { auth: { token: operator(61_001, { name: 'Артём Петров', cities: ['Саратов'] }) }, transports: ['websocket'] });
  await artyom.connected();
}

/** Whether the focus is within an element, its shadow root included. */
const hasFocus = (locator) => locator.evaluate((element) => element.matches(':focus-within') || element.contains(document.activeElement));

/** Resolves once nothing on the page moves any more, except what never stops. */
const still = (page) => page.evaluate(() => Promise.all(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => {}))));

test('axe has no finding on any view in both themes, at a desk and on a phone', LONG, async () => {
  await arrive();
  const person = await Person.with(stage.browser, stage.console, { locale: 'ru-RU', viewport: WIDE, colorScheme: 'light' });
  const { page } = person;
  const found = [];
  const look = async (name) => {
    for (const [size, viewport] of [['a desk', WIDE], ['a phone', PHONE]]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: 'light' });
      await still(page);
      found.push(...(await findings(page)).map((line) => `${name} on ${size}: ${line}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      await still(page);
      found.push(...(await findings(page, ['color-contrast'])).map((line) => `${name} on ${size}, dark: ${line}`));
    }
    await page.setViewportSize(WIDE);
  };
  await page.goto(`${stage.console.url}/login`);
  await page.locator('input[name=username]').waitFor();
  await look('login');
  await person.logIn('admin');
  await page.locator('.view').waitFor();
  const shown = (text) => () => person.reads(text);
  const views = {
    '': shown('Людей в сети'),
    calls: () => page.locator('.call').filter({ visible: true }).first().waitFor(),
    people: shown('Артём Петров'),
    'people?person=61001': () => page.locator('.person-detail').getByText('Артём Петров').waitFor(),
    wall: () => until('numbers', async () => await page.locator('.wall-waiting .wall-number').textContent() !== '–', PATIENCE),
    connections: shown('Артём Петров'),
    [`connections?socket=${artyom.socket.id}`]: () => page.locator('.detail').getByText('61001').first().waitFor(),
    rooms: () => page.locator('.room-tag').filter({ visible: true }).first().waitFor(),
    [`rooms?room=${encodeURIComponent('city:Саратов')}`]: () => page.locator('.room-detail').getByText('Артём Петров').waitFor(),
    send: shown('Авария на станции'),
    events: () => page.locator('.row-open').first().waitFor(),
    [`events?id=${event}`]: () => page.locator('.event-payload').waitFor(),
    'events?before=now': () => page.locator('.row-open').first().waitFor(),
    audit: () => page.locator('.row-open').first().waitFor(),
    'no-such-page': () => page.locator('.not-found').waitFor(),
  };
  for (const [path, settled] of Object.entries(views)) {
    await person.open(path);
    await settled();
    await look(path || 'overview');
  }
  await person.open('audit');
  await page.locator('.row-open').first().click();
  await page.locator('.sheet dl').waitFor();
  await look('an entry of the audit');
  assert.deepEqual([...new Set(found)], []);
  await person.close();
});

test('the keyboard skips to the view, and a list is one stop of it', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('events');
  await page.locator('.row-open').nth(1).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.className'), 'skip');
  await page.keyboard.press('Enter');
  await until('the focus in the view', () => page.evaluate('document.activeElement.getAttribute("role") === "main"'), PATIENCE);
  assert.equal(await page.locator('.row-open[tabindex="0"]').count(), 1);
  await page.locator('.row-open[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  assert.ok(await page.locator('.row-open').nth(1).evaluate((row) => row === document.activeElement && row.tabIndex === 0));
  await page.keyboard.press('Enter');
  await page.locator('.event-payload').waitFor();
  await page.keyboard.press('Escape');
  await until('the focus back in the list', () => hasFocus(page.locator('.light-table')), PATIENCE);
  assert.deepEqual(tab.faults, []);
  await page.close();
});

test('a time in the address fills its field, in the words of the page', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('audit?before=2026-01-02T03:04:05Z');
  await until('the day', async () => await page.locator('vaadin-date-picker input').inputValue() === '02.01.2026', PATIENCE);
  // The browser is in Moscow.
  assert.equal(await page.locator('vaadin-time-picker input').inputValue(), '06:04:05');
  await page.locator('vaadin-date-picker [part~=toggle-button]').click();
  await tab.reads('Январь 2026');
  const days = await page.locator('vaadin-month-calendar').first().evaluate((month) => [...month.shadowRoot.querySelectorAll('[part~=weekday]')].map(({ textContent }) => textContent.trim()).filter(Boolean));
  assert.equal(days[0].toLowerCase(), 'пн');
  await page.close();
});

test('what was typed outlives a reload', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('send');
  const words = unique('черновик');
  await page.getByLabel('Сообщение').fill(words);
  await page.reload();
  await until('the draft', async () => await page.getByLabel('Сообщение').inputValue() === words, PATIENCE);
  await page.close();
});

test('an address without a view says so in the language of the page', LONG, async () => {
  const tab = await anna.anotherTab();
  await tab.open('no-such-page');
  await tab.reads('Страницы «no-such-page» здесь нет.');
  await tab.page.getByRole('link', { name: 'К обзору' }).click();
  await tab.reads('Людей в сети');
  await tab.page.close();
});

test('events are on the page at once, and rows that did not change stay as they are', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('events?pace=all');
  await page.locator('.row-open').first().waitFor();
  await page.evaluate(() => {
    const body = document.querySelector('.light-table tbody');
    body.rows[body.rows.length - 1].dataset.old = 'yes';
    getSelection().selectAllChildren(body.rows[body.rows.length - 1].cells[2]);
    window.seen = {};
    new MutationObserver(() => {
      for (const row of body.rows) window.seen[row.cells[2].textContent] ??= Date.now();
    }).observe(body, { childList: true });
  });
  const selected = await page.evaluate('String(getSelection())');
  const took = [];
  for (let i = 0; i < 15; i++) {
    const id = unique('call');
    const begin = Date.now();
    await accepted(stage.service, 'call-new', { call: { id } });
    took.push(await until('the row', () => page.evaluate((call) => window.seen[call], id), { everyMs: 10, ...PATIENCE }) - begin);
  }
  const median = took.sort((a, b) => a - b)[7];
  console.log(`# from the POST to the row: ${took.join(', ')} ms, median ${median} ms`);
  // About 50 ms on two quiet cores; rows that waited for the page's beat of a second would take 500.
  assert.ok(median < 400, `${took}`);
  assert.equal(await page.locator('.light-table tr[data-old]').count(), 1);
  assert.equal(await page.evaluate('String(getSelection())'), selected);
  await page.close();
});

test('what is missing is said at its field, which is in sight and has the focus', LONG, async () => {
  const tab = await anna.anotherTab();
  const { page } = tab;
  await tab.open('send');
  const isInSight = (locator) => locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  await tab.button('Отправить…').click();
  for (const words of ['Сначала выберите получателей.', 'Введите сообщение.']) await tab.reads(words);
  const rooms = page.locator('vaadin-multi-select-combo-box[invalid]');
  await until('the focus in the first field', () => hasFocus(rooms), PATIENCE);
  await until('the field to be in sight', () => isInSight(rooms), PATIENCE);
  await page.getByLabel('Всем', { exact: true }).check();
  await tab.button('Отправить…').click();
  const text = page.locator('vaadin-text-area[invalid]');
  await until('the focus in the message', () => hasFocus(text), PATIENCE);
  await until('the message to be in sight', () => isInSight(text), PATIENCE);
  await page.close();
});
