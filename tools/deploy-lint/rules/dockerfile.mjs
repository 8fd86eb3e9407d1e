// A Dockerfile: it parses, its images are pinned, and nothing of it runs as root.
import { validate } from 'dockerfile-utils';
import { isPinned } from './common.mjs';

/** The stages with their instructions, each after those of the stage it is made from. */
function stagesOf(text) {
  const stages = [];
  for (const [, word, rest] of text.replace(/\\\n/g, ' ').matchAll(/^([A-Z]+) +(.*)$/gm)) {
    if (word === 'FROM') {
      const [, from, name] = /^(\S+)(?: AS (\S+))?/.exec(rest);
      const base = stages.find((stage) => stage.name === from);
      stages.push({ name, image: base ? undefined : from, instructions: [...(base?.instructions ?? [])] });
    } else {
      stages.at(-1)?.instructions.push([word, rest]);
    }
  }
  return stages;
}

export function checkDockerfile(name, text, report) {
  for (const { range, message } of validate(text)) report(`${name}:${range.start.line + 1}`, message);
  const stages = stagesOf(text);
  for (const { image } of stages) {
    if (image && !isPinned(image)) report(name, `${image} is not pinned to a version`);
  }
  const production = stages.find((stage) => stage.name === 'production');
  for (const stage of new Set([stages.at(-1), production].filter(Boolean))) {
    const user = stage.instructions.findLast(([word]) => word === 'USER')?.[1] ?? 'root';
    if (/^(root|0)\b/.test(user)) report(name, `the image of stage ${stage.name ?? 'last'} would run as root`);
  }
  if (!production) return;
  if (stages.at(-1) === production) report(name, 'the last stage must run alone, with a Redis');
  const installs = (stage) => stage.instructions.some(([word, rest]) => word === 'RUN' && /apt-get install.*\bredis-server\b/.test(rest));
  if (installs(production)) report(name, 'production installs a Redis');
  if (!installs(stages.at(-1))) report(name, "the last stage has no Redis of the distribution's");
  if (!/^RUN rm \/layers\/dependencies\/lib\/embedded-redis-\*\.jar$/m.test(text)) report(name, "the jar's redis-server would be in the images");
}
