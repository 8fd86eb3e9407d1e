// Sending with certainty, in Chromium with a real service: who has confirmed.
import assert from 'node:assert/strict';
import { findings } from '../support/axe.mjs';
import { LONG, PATIENCE, stageOf } from '../support/console-stage.mjs';
import { join } from '../support/clients.mjs';
import { unique } from '../support/http.mjs';
import { operator } from '../support/tokens.mjs';

const PHONE = { width: 390, height: 844 };

let irina;
const stage = stageOf({
  ready: async () => {
    irina = await stage.arrival('admin', { locale: 'ru-RU' });
  },
});
const { test } = stage;

let lastUser = 71_000;
async function arrive(city) {
  const userId = lastUser++;
  const name = unique('Оператор');
  return Object.assign(await join(stage.service, operator(userId, { name, cities: [city] }), { reconnection: false }), { name });
}

/** Opens Send for a city and types a message. */
async function draft(tab, city, message) {
  await tab.open(`send?room=${encodeURIComponent(`city:${city}`)}`);
  await tab.page.getByLabel('Сообщение').fill(message);
}

/** Sends what was typed. */
async function send(tab) {
  await tab.button('Отправить…').click();
  await tab.button('Отправить сейчас').click();
}

const gets = (client, message, options = PATIENCE) => client.event('notification', (payload) => payload.message === message, options);
const shows = (locator, text) => locator.filter({ hasText: text }).first().waitFor({ timeout: PATIENCE.timeoutMs });

/** Asserts that axe finds nothing on the page, in both themes and at a phone's width. */
async function isForEverybody({ page }, name) {
  const found = [];
  const desk = page.viewportSize();
  for (const size of [desk, PHONE]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const lines = await findings(page, colorScheme === 'dark' ? ['color-contrast'] : undefined);
      found.push(...lines.map((line) => `${name}, ${size.width} px, ${colorScheme}: ${line}`));
    }
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${name} at ${size.width} px is not wider than the window`);
  }
  await page.setViewportSize(desk);
  await page.emulateMedia({ colorScheme: null });
  assert.deepEqual(found, []);
}

test('who is asked to confirm does, and the page shows who has and who has not', LONG, async () => {
  const city = unique('Город');
  const [anna, boris] = [await arrive(city), await arrive(city)];
  const tab = await irina.anotherTab();
  const { page } = tab;
  const message = unique('Авария');
  await draft(tab, city, message);
  await page.getByLabel('Попросить подтвердить').check();
  await page.getByLabel('Напомнить через').fill('30');
  await isForEverybody(tab, 'send');
  await send(tab);
  const { confirmId } = await gets(anna, message);
  await gets(boris, message);
  await shows(page.locator('.receipt-line'), 'Подтвердили 0 из 2 человек');
  assert.deepEqual(await anna.ask('confirm', { id: confirmId }), { success: true });
  await shows(page.locator('.receipt-line'), 'Подтвердили 1 из 2 человек');
  await shows(page.locator('.receipt-line'), boris.name);
  await page.locator('.receipt-line').getByRole('link').click();
  const detail = page.locator('.receipt-detail');
  await shows(detail, 'Подтвердили 1 из 2 человек');
  await shows(detail.locator('.not-confirmed'), 'ещё нет');
  await tab.reads(anna.name);
  await shows(page.locator('.receipts-table .receipt-message'), message);
  await isForEverybody(tab, 'confirmations');
  await tab.mark();
  assert.deepEqual(await boris.ask('confirm', { id: confirmId }), { success: true });
  await shows(detail, 'Подтвердили все (2 человека)');
  assert.ok(await tab.wasNotReloaded());
  await page.goBack();
  assert.deepEqual(tab.faults, []);
  await page.close();
});
