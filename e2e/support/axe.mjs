// axe-core on a page: what would keep people out who use a keyboard, a screen reader or little contrast.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The findings on a page, one line each; with `rules`, of these rules only. */
export async function findings(page, rules) {
  await page.evaluate(source);
  const { violations } = await page.evaluate((only) => window.axe.run(document, {
    resultTypes: ['violations'],
    ...(only && { runOnly: { type: 'rule', values: only } }),
  }), rules);
  return violations.flatMap(({ id, impact, help, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id} (${impact}): ${help}: ${target.flat().join(' ')} ${failureSummary.split('\n').slice(1).join(' ').trim()}`));
}
