// A console whose process freezes or dies, seen from its open pages, with a message that is not sent yet.
import assert from 'node:assert/strict';
import { LONG, PATIENCE, stageOf } from '../support/console-stage.mjs';
import { unique } from '../support/http.mjs';
import { until } from '../support/wait.mjs';

/** Within this time a page says that its console is silent. */
const NOTICED_MS = 5_000;
const SILENT = /Консоль не отвечает с (\d\d:\d\d:\d\d)/;

let anna;

const stage = stageOf({ ready: async () => { anna = await stage.arrival('admin', { locale: 'ru-RU', colorScheme: 'light' }); } });
const { test } = stage;

const message = (page) => page.getByLabel('Сообщение');
const banner = (page) => page.getByText(SILENT);
const isGrey = (page) => page.evaluate("document.body.hasAttribute('data-silent') && getComputedStyle(document.querySelector('.view')).opacity < 1");

/** The Send view with a draft, in a tab that notes by its own clock when it says what. */
async function drafting(words) {
  const tab = await anna.anotherTab();
  await tab.open('send');
  await message(tab.page).pressSequentially(words);
  await tab.mark();
  await tab.page.evaluate(() => {
    const own = { beaten: Date.now(), saidAt: 0, late: 0 };
    window.own = own;
    const pulse = document.querySelector('.silent');
    const { beat } = pulse;
    pulse.beat = () => {
      own.beaten = Date.now();
      beat();
    };
    new MutationObserver(() => {
      own.saidAt = document.body.hasAttribute('data-silent') ? Date.now() : 0;
    }).observe(document.body, { attributes: true, attributeFilter: ['data-silent'] });
    let last = Date.now();
    setInterval(() => {
      own.late = Math.max(own.late, Date.now() - last - 100);
      last = Date.now();
    }, 100);
  });
  return tab;
}

/** Waits until the page says that its console is silent, and checks when, since when, and how. */
async function saysSo({ page }) {
  await banner(page).waitFor({ timeout: PATIENCE.timeoutMs });
  const { beaten, saidAt, late } = await page.evaluate('window.own');
  console.log(`# the page said so ${saidAt - beaten} ms after the last beat; its timers were up to ${late} ms late`);
  // By the page's own clock, which a slow machine delays by as much as its timers are late.
  assert.ok(saidAt - beaten <= NOTICED_MS + late, `${saidAt - beaten} ms, timers ${late} ms late`);
  const [, since] = SILENT.exec(await banner(page).textContent());
  const beats = await page.evaluate((at) => [0, -1_000].map((more) => new Date(at + more).toTimeString().slice(0, 8)), beaten);
  assert.ok(beats.includes(since), `${since}, but the last beat was at ${beats[0]}`);
  assert.ok(await isGrey(page));
}

test('a frozen console: the page says so, keeps what is typed, and goes on by itself', LONG, async () => {
  const words = unique('Авария');
  const tab = await drafting(words);
  const { page } = tab;
  stage.console.freeze();
  try {
    await saysSo(tab);
    // What is typed meanwhile is kept too.
    await message(page).press('End');
    await message(page).pressSequentially(', звоните 112');
  } finally {
    stage.console.thaw();
  }
  await banner(page).waitFor({ state: 'hidden', timeout: PATIENCE.timeoutMs });
  assert.ok(!await isGrey(page));
  assert.equal(await message(page).inputValue(), `${words}, звоните 112`);
  // The console has it too: it counts the characters.
  await tab.reads(`${words.length + 13} `);
  assert.ok(await tab.wasNotReloaded());
  await page.close();
});

test('a killed console: the page says so, comes back, says why one logs in again, and has the draft', LONG, async () => {
  const words = unique('Авария');
  const tab = await drafting(words);
  const { page } = tab;
  await stage.console.stop('SIGKILL');
  await saysSo(tab);
  assert.equal(await message(page).inputValue(), words);
  await stage.startConsole();
  // Nobody has touched the page; it keeps what it shows until somebody does.
  const why = page.getByText('Консоль перезапустили, или сеанс закончился.');
  await why.waitFor({ timeout: PATIENCE.timeoutMs });
  assert.equal(await message(page).inputValue(), words);
  await why.click();
  await page.locator('input[name=username]').waitFor({ timeout: PATIENCE.timeoutMs });
  await tab.signIn('admin');
  await until('the draft', async () => await message(page).inputValue() === words, PATIENCE);
  assert.equal(new URL(page.url()).pathname, '/send');
  await page.close();
});
