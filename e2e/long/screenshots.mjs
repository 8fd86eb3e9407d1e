// Screenshots of every view of a running console (./run --demo): in both colour schemes, and at a phone's width.
// node long/screenshots.mjs [--console http://127.0.0.1:5010] [--password-file ../data/console-admin-password]
//   [--language ru] [--out ../docs/screenshots]
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Person, startBrowser } from '../support/console.mjs';

const { values } = parseArgs({
  options: {
    console: { type: 'string', default: 'http://127.0.0.1:5010' },
    'password-file': { type: 'string', default: '../data/console-admin-password' },
    language: { type: 'string', default: 'ru' },
    out: { type: 'string', default: '../docs/screenshots' },
    only: { type: 'string' },
  },
});
const SIZES = { wide: { width: 1360, height: 850 }, phone: { width: 390, height: 844 } };
const LOOKS = [['light', 'wide'], ['dark', 'wide'], ['light', 'phone'], ['dark', 'phone']];
const VIEWS = {
  overview: '',
  calls: 'calls',
  people: 'people',
  person: 'people?status=talking',
  wall: 'wall',
  connections: 'connections',
  socket: 'connections',
  rooms: 'rooms',
  room: `rooms?room=${encodeURIComponent('city:Саратов')}`,
  send: `send?room=${encodeURIComponent('city:Саратов')}`,
  events: 'events',
  event: 'events',
  audit: 'audit',
};

mkdirSync(values.out, { recursive: true });
const password = readFileSync(values['password-file'], 'utf8').trim();
const browser = await startBrowser();
try {
  for (const [colorScheme, size] of LOOKS) {
    const locale = values.language === 'ru' ? 'ru-RU' : 'en-GB';
    const person = await Person.with(browser, { url: values.console }, { locale, colorScheme, viewport: SIZES[size] });
    await person.page.goto(`${values.console}/login`);
    await person.page.locator('input[name=username]').waitFor();
    await shot(person, 'login', colorScheme, size);
    await person.page.locator('input[name=username]').fill('admin');
    await person.page.locator('input[name=password]').fill(password);
    await person.page.locator('input[name=password]').press('Enter');
    await person.page.locator('.view').waitFor();
    for (const [name, path] of Object.entries(VIEWS)) {
      if (values.only && !values.only.split(',').includes(name)) continue;
      await person.open(path);
      await settle(person);
      if (name === 'person' || name === 'socket') await person.page.locator('.person').filter({ visible: true }).first().click();
      if (name === 'event') await person.page.getByText(values.language === 'ru' ? 'Новый заказ' : 'New order').filter({ visible: true }).first().click();
      await shot(person, name, colorScheme, size);
    }
    if (person.faults.length > 0) console.log(`faults: ${person.faults.join('; ')}`);
    await person.close();
  }
} finally {
  await browser.close();
}

/** Waits until the tables are filled and the charts have a point or two. */
function settle(person) {
  return person.page.waitForTimeout(2_500);
}

async function shot(person, name, colorScheme, size) {
  await settle(person);
  const file = join(values.out, `${name}-${size === 'phone' ? 'phone-' : ''}${colorScheme}.png`);
  await person.page.screenshot({ path: file });
  console.log(file);
}
