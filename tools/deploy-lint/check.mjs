// This project's own rules: node check.mjs <repository> <rendered k8s.yaml>
// With --broken, violates each rule once instead and checks that the violation is found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BREAKAGES } from './breakages.mjs';
import { FILES, problemsOf } from './rules/all.mjs';

const [repository, rendered, mode] = process.argv.slice(2);
const texts = Object.fromEntries(FILES.map((name) => [name, readFileSync(name === 'k8s' ? rendered : join(repository, name), 'utf8')]));

function foundIn([file, from, to, expected]) {
  const text = texts[file].replace(from, to);
  if (text === texts[file]) return `${file} has no ${from} to break`;
  const problems = problemsOf({ ...texts, [file]: text });
  return problems.some((problem) => problem.includes(expected)) ? undefined
    : `not found: "${expected}" after ${from} in ${file} became "${to}"; but: ${problems.join('; ') || 'nothing'}`;
}

const problems = mode === '--broken' ? BREAKAGES.map(foundIn).filter(Boolean) : problemsOf(texts);
problems.forEach((problem) => console.error(problem));
console.log(problems.length > 0 ? `${problems.length} problems.`
  : mode === '--broken' ? `All ${BREAKAGES.length} breakages are found.` : 'Dockerfiles, Compose and Kubernetes files are in order.');
process.exitCode = problems.length === 0 ? 0 : 1;
