#!/usr/bin/env node
// Draws the packages of all Maven modules from the imports of their sources, as Mermaid, into docs/architecture.md.
//   tools/draw-packages.mjs          writes the drawings between the two marker comments
//   tools/draw-packages.mjs --check  exits with 1 if they are out of date, or if the page names a class that is not there; with 2 if
//                                    they cannot be made
// Contains no names: modules are those of the root pom.xml, and a module's packages are those below its sources' common package.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DOCUMENT = 'docs/architecture.md';
const BEGIN = '<!-- packages: begin, written by tools/draw-packages.mjs -->';
const END = '<!-- packages: end -->';

/** The folders of the modules, in the order of the build; modules of modules too. */
function moduleFolders(folder = '') {
  const pom = readFileSync(join(ROOT, folder, 'pom.xml'), 'utf8').replace(/<!--[^]*?-->/g, '');
  return [...pom.matchAll(/<module>\s*([^<]+?)\s*<\/module>/g)].flatMap(([, name]) => {
    const inner = join(folder, name);
    return [inner, ...moduleFolders(inner)];
  });
}

function javaFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.java'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/**
 * Package, imports and types of a source. Comments and strings are removed first: both may quote code, and an import that only a
 * comment uses is not a dependency.
 */
function readSource(file) {
  const code = readFileSync(file, 'utf8')
    .replace(/\/\*[^]*?\*\/|\/\/.*|"""[^]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g, ' ');
  const name = /^\s*package\s+([\w.]+)\s*;/m.exec(code)?.[1];
  const body = code.replace(/^\s*import\s[^;]*;/gm, '');
  const imports = [...code.matchAll(/^\s*import\s+(static\s+)?([\w.]+)(\.\*)?\s*;/gm)]
    .filter(([, isStatic, what, all]) => isStatic || all || new RegExp(`\\b${what.split('.').at(-1)}\\b`).test(body))
    .map(([, , what]) => what);
  const types = [...body.matchAll(/\b(?:class|interface|enum|record)\s+(\w+)/g)].map(([, type]) => type);
  return { name, imports, types, info: file.endsWith('package-info.java') };
}

function sharedPrefix(names) {
  const shared = names[0].split('.');
  for (const name of names) {
    const parts = name.split('.');
    while (shared.some((part, i) => part !== parts[i])) shared.pop();
  }
  return shared.join('.');
}

/** A module with its sources' packages folded into those right below the one they share. */
function readModule(folder) {
  const sources = javaFiles(join(ROOT, folder, 'src/main/java'))
    .map(readSource)
    .filter(({ name, info }) => name && !info);
  if (sources.length === 0) return undefined;
  const base = sharedPrefix(sources.map(({ name }) => name));
  const top = (name) => (name === base ? base : `${base}.${name.slice(base.length + 1).split('.')[0]}`);
  return { name: folder, base, top, sources, types: sources.flatMap(({ types }) => types) };
}

/** Which top package a qualified name is in, by the longest package that begins it. */
function resolver(modules) {
  const owner = new Map();
  for (const module of modules) {
    for (const { name } of module.sources) owner.set(name, module.top(name));
  }
  return (imported) => {
    for (let name = imported; name; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
      const found = owner.get(name);
      if (found) return found;
    }
    return undefined;
  };
}

/** Package → the packages it imports from. */
function dependencies(modules) {
  const resolve = resolver(modules);
  const edges = new Map();
  for (const module of modules) {
    for (const { name, imports } of module.sources) {
      const from = module.top(name);
      const to = edges.get(from) ?? edges.set(from, new Set()).get(from);
      for (const imported of imports) {
        const target = resolve(imported);
        if (target && target !== from) to.add(target);
      }
    }
  }
  return edges;
}

/** Whether `to` can be reached from `from` without the arrow that leads there directly. */
function reachesBy(edges, from, to) {
  const seen = new Set([from]);
  const waiting = [...edges.get(from)].filter((next) => next !== to);
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    waiting.push(...(edges.get(at) ?? []));
  }
  return false;
}

function reaches(edges, from, to) {
  return edges.get(from).has(to) || reachesBy(edges, from, to);
}

/** Arrows that do not follow from others. Those of a cycle are all kept, or it would depend on chance which are. */
function reduced(edges) {
  return new Map([...edges].map(([from, to]) => [
    from,
    new Set([...to].filter((target) => reaches(edges, target, from) || !reachesBy(edges, from, target))),
  ]));
}

const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sorted = (names) => [...names].sort(byName);
const shortName = (name, base) => (name === base ? base : name.slice(base.length + 1));
const id = (name) => name.replace(/\W/g, '_');

function lines(edges, inside) {
  return sorted(edges.keys()).filter(inside).flatMap((from) =>
    sorted(edges.get(from)).filter(inside).map((to) => `  ${id(from)} --> ${id(to)}`));
}

function mermaid(body) {
  return ['```mermaid', 'flowchart LR', ...body, '```'].join('\n');
}

/** The modules, and an arrow where a source of one imports one of another. */
function drawModules(modules, edges) {
  const moduleOf = new Map(modules.flatMap((module) => module.sources.map(({ name }) => [module.top(name), module.name])));
  const between = new Map(modules.map(({ name }) => [name, new Set()]));
  for (const [from, to] of edges) {
    for (const target of to) {
      if (moduleOf.get(from) !== moduleOf.get(target)) between.get(moduleOf.get(from)).add(moduleOf.get(target));
    }
  }
  const body = modules.map(({ name }) => `  ${id(name)}["${name}"]`);
  return mermaid([...body, ...lines(between, () => true)]);
}

/** Packages of some modules, each module a box, without the arrows that follow from others. */
function drawPackages(modules, edges) {
  const body = [];
  const shown = new Set();
  for (const { name, base, top, sources } of modules) {
    body.push(`  subgraph ${id(name)}["${name}"]`);
    for (const own of sorted(new Set(sources.map((source) => top(source.name))))) {
      shown.add(own);
      body.push(`    ${id(own)}["${shortName(own, base)}"]`);
    }
    body.push('  end');
  }
  return mermaid([...body, ...lines(reduced(edges), (name) => shown.has(name))]);
}

/** Every arrow, in words: what the drawings leave out for the sake of the eye. */
function table(modules, edges) {
  const shortOf = (name) => {
    const module = modules.find(({ sources, top }) => sources.some((source) => top(source.name) === name));
    return { module, short: shortName(name, module.base) };
  };
  const rows = modules.flatMap((module) =>
    sorted(new Set(module.sources.map(({ name }) => module.top(name)))).map((own) => {
      const used = sorted(edges.get(own)).map(shortOf);
      const here = used.filter((other) => other.module === module).map(({ short }) => short);
      const there = sorted(new Set(used.filter((other) => other.module !== module).map((other) => other.module.name)));
      return `| ${module.name} | ${shortOf(own).short} | ${here.join(', ')} | ${there.join(', ')} |`;
    }));
  return ['| module | package | imports from its module | imports from the modules |', '|---|---|---|---|', ...rows].join('\n');
}

function draw(modules) {
  const edges = dependencies(modules);
  const cycles = sorted([...edges.keys()].filter((name) => reachesBy(edges, name, name)));
  return [
    BEGIN,
    '',
    'The modules, with an arrow to each module that a source imports from:',
    '',
    drawModules(modules, edges),
    '',
    'The packages of each module. An arrow that follows from others is left out here and is in the table below.',
    '',
    drawPackages(modules, edges),
    '',
    cycles.length === 0
      ? 'There is no cycle between these packages.'
      : `These packages import each other: ${cycles.join(', ')}.`,
    '',
    '<details><summary>All imports between packages</summary>',
    '',
    table(modules, edges),
    '',
    '</details>',
    '',
    END,
  ].join('\n');
}

/** Classes that the page's own words name and that no module has. */
function unknownClasses(text, modules) {
  const known = new Set(modules.flatMap(({ types }) => types));
  const named = [...text.matchAll(/`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`/g)].map(([, name]) => name);
  return sorted(new Set(named.filter((name) => !known.has(name))));
}

function fail(message, code) {
  console.error(message);
  process.exit(code);
}

const [option, ...more] = process.argv.slice(2);
if (more.length > 0 || (option !== undefined && option !== '--check')) fail('Usage: tools/draw-packages.mjs [--check]', 2);
const document = readFileSync(join(ROOT, DOCUMENT), 'utf8');
const begin = document.indexOf(BEGIN);
const end = document.indexOf(END);
if (begin < 0 || end < begin) fail(`${DOCUMENT} has no place for the drawings: ${BEGIN} … ${END}`, 2);
const modules = moduleFolders().map(readModule).filter(Boolean);
const drawn = document.slice(0, begin) + draw(modules) + document.slice(end + END.length);
if (option === '--check') {
  if (drawn !== document) fail(`The drawings of ${DOCUMENT} are out of date: run tools/draw-packages.mjs`, 1);
  const unknown = unknownClasses(document.slice(0, begin), modules);
  if (unknown.length > 0) fail(`${DOCUMENT} names classes that are not there: ${unknown.join(', ')}`, 1);
} else if (drawn !== document) {
  writeFileSync(join(ROOT, DOCUMENT), drawn);
  console.log(`Drew the packages into ${DOCUMENT}`);
}
