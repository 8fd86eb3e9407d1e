#!/usr/bin/env node
// Checks the relative links of all Markdown files: each must lead to a file or folder of the project, and its anchor to a
// heading there. Links to other hosts are not checked.
//   tools/check-links.mjs    exits with 1 and a line for each broken link
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const NOT_OURS = new Set(['.git', 'node_modules', 'target', 'data']);

/** The project's files, by their paths from its root: those that Git tracks or would add, so that build output does not count. */
function projectFiles() {
  try {
    const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 };
    return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options)
      .split('\0')
      .filter((file) => file && existsSync(join(ROOT, file)));
  } catch {
    return filesBelow('');
  }
}

/** The same without Git. */
function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

/** The text without its code, which may quote links; line numbers do not change. */
function withoutCode(text) {
  const blank = (code) => code.replace(/[^\n]/g, ' ');
  return text
    .replace(/^( *)(```+|~~~+)[^]*?^ *\2[`~]* *$/gm, blank)
    .replace(/<!--[^]*?-->/g, blank)
    .replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, blank);
}

/** Links and images: `[text](target)`, `[name]: target`, `href` and `src`. */
function linksIn(text) {
  const patterns = [
    /\]\(\s*<?([^)\s>]+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g,
    /^ {0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?/gm,
    /\b(?:href|src)="([^"]+)"/g,
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((found) => ({
      target: found[1],
      line: text.slice(0, found.index).split('\n').length,
    })));
}

/** The anchors of a page: those that GitHub makes of its headings, and explicit ones. */
function anchorsOf(text) {
  const anchors = new Set();
  const outsideOfFences = text.replace(/^( *)(```+|~~~+)[^]*?^ *\2[`~]* *$/gm, '');
  for (const [, heading] of outsideOfFences.matchAll(/^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/gm)) {
    const slug = heading
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/<[^>]+>/g, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replace(/ /g, '-');
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  for (const [, name] of outsideOfFences.matchAll(/<[^>]*\b(?:id|name)="([^"]+)"/g)) anchors.add(name);
  return anchors;
}

const files = projectFiles();
const places = new Set(files.flatMap((file) => {
  const folders = [file];
  for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) folders.push(folder);
  return folders;
}).concat('.'));
const pages = files.filter((file) => file.endsWith('.md'));
const texts = new Map(pages.map((page) => [page, readFileSync(join(ROOT, page), 'utf8')]));
const anchors = new Map();

function anchorsIn(page) {
  if (!anchors.has(page)) anchors.set(page, anchorsOf(texts.get(page)));
  return anchors.get(page);
}

/** What is wrong with a link of a page; undefined if it is correct. */
function problemOf(page, target) {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return undefined;
  let path, anchor;
  try {
    [path, anchor] = target.split('#').map(decodeURIComponent);
  } catch {
    return 'is not encoded as a link must be';
  }
  if (path.startsWith('/')) return 'is not relative';
  const place = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path)).replace(/\/$/, '');
  if (!places.has(place)) return `leads to ${place}, which is not there`;
  if (!anchor) return undefined;
  if (!texts.has(place)) return `has an anchor, but ${place} is not a page`;
  return anchorsIn(place).has(anchor) ? undefined : `${place} has no heading for #${anchor}`;
}

let checked = 0;
let broken = 0;
for (const page of pages) {
  for (const { target, line } of linksIn(withoutCode(texts.get(page)))) {
    checked++;
    const problem = problemOf(page, target);
    if (problem) {
      broken++;
      console.error(`${page}:${line}: ${target}: ${problem}`);
    }
  }
}
if (broken > 0) {
  console.error(`${broken} of ${checked} links are broken.`);
  process.exit(1);
}
console.log(`${checked} links in ${pages.length} pages lead somewhere.`);
