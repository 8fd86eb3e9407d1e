// Code examples taken verbatim from the documents.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './paths.mjs';

/** The exports of the document's only JavaScript block that exports `name`. */
export async function exampleOf(document, name) {
  const text = readFileSync(join(REPOSITORY, document), 'utf8');
  const code = [...text.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, block]) => block);
  const [found, ...more] = code.filter((block) => new RegExp(`^export (async )?function ${name}\\b`, 'm').test(block));
  if (!found || more.length > 0) throw new Error(`${document} must have one block of code that exports ${name}`);
  const module = await import(`data:text/javascript,${encodeURIComponent(found)}`);
  return module[name];
}
