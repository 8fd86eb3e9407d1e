// What the linters of others do not know: node check.mjs <Dockerfile,Dockerfile…> <docker-compose.yml> <rendered k8s.yaml> <application's variables…>
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { validate as validateDockerfile } from 'dockerfile-utils';
import { parse, parseAllDocuments } from 'yaml';

const require = createRequire(import.meta.url);
const [dockerfiles, composeFile, renderedFile, ...variables] = process.argv.slice(2);
const known = new Set(variables);
const problems = [];
const check = (where, holds, what) => holds || problems.push(`${where}: ${what}`);

/** Kinds of the core API have no group: v1 is in a folder of its own. */
function schemaOf({ apiVersion, kind }) {
  try {
    return require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
  } catch {
    return undefined;
  }
}

/** A variable is the application's own, or under a prefix of its configuration. */
function isKnown(name) {
  return known.has(name) || /^(REALTIME|CONSOLE|SPRING|MANAGEMENT|SERVER|LOGGING)_[A-Z0-9_]+$/.test(name);
}

const hasTag = (image) => /:[^/]+$/.test(image);
const looksSecret = (name) => /SECRET|TOKEN|PASSWORD/.test(name);

function checkDockerfile(dockerfile) {
  const text = readFileSync(dockerfile, 'utf8');
  for (const { range, message } of validateDockerfile(text)) problems.push(`${dockerfile}:${range.start.line + 1}: ${message}`);
  for (const [, image] of text.matchAll(/^FROM (\S+)/gm)) check(dockerfile, hasTag(image), `${image} has no tag`);
  check(dockerfile, /^USER (?!root|0\b)/m.test(text), 'the image would run as root');
}

function checkCompose() {
  const compose = parse(readFileSync(composeFile, 'utf8'), { merge: true });
  for (const [name, service] of Object.entries(compose.services)) {
    const where = `${composeFile}, ${name}`;
    check(where, /^[a-z0-9-]+$/.test(name), 'a service is a host name');
    check(where, service.build || hasTag(service.image), `${service.image} has no tag`);
    for (const [variable, value] of Object.entries(service.environment ?? {})) {
      check(where, isKnown(variable), `the application knows no ${variable}`);
      check(where, !looksSecret(variable) || /^\$\{[A-Z_]+:\?/.test(value), `${variable} must be required from outside`);
    }
  }
}

function checkKubernetes() {
  const objects = parseAllDocuments(readFileSync(renderedFile, 'utf8')).map((document) => document.toJS());
  const find = (kind, name) => objects.find((object) => object.kind === kind && object.metadata.name === name);
  for (const object of objects) {
    const where = `k8s, ${object.kind} ${object.metadata?.name}`;
    const Schema = schemaOf(object);
    check(where, Schema, `no schema for ${object.apiVersion}`);
    try {
      if (Schema) new Schema(object).validate();
    } catch (error) {
      problems.push(`${where}: ${error.message}`);
    }
    check(where, object.kind !== 'Secret', 'secrets are referred to, not written down');
    if (object.kind === 'ConfigMap') checkConfig(where, object);
    if (object.spec?.template) checkPods(where, object);
    if (object.kind === 'Service') checkService(where, object, objects);
    for (const rule of object.spec?.rules ?? []) {
      for (const { backend } of rule.http.paths) {
        const target = find('Service', backend.service.name);
        check(where, target?.spec.ports.some(({ name }) => name === backend.service.port.name), 'no such service and port');
      }
    }
  }
  const deployment = find('Deployment', 'realtime-service');
  check('k8s', deployment?.spec.replicas === 3, 'three replicas');
}

function checkConfig(where, { data }) {
  for (const name of Object.keys(data)) {
    check(where, isKnown(name), `the application knows no ${name}`);
    check(where, !looksSecret(name), `${name} belongs into a secret`);
  }
}

function checkPods(where, object) {
  const { metadata, spec } = object.spec.template;
  for (const [label, value] of Object.entries(object.spec.selector.matchLabels)) {
    check(where, metadata.labels[label] === value, `the selector's ${label} is not the pods'`);
  }
  for (const container of spec.containers) {
    check(where, hasTag(container.image), `${container.image} has no tag`);
    check(where, container.resources?.limits?.memory, 'no memory limit');
    check(where, spec.securityContext?.runAsNonRoot, 'may run as root');
    const ports = new Set(container.ports.flatMap(({ name, containerPort }) => [name, containerPort]));
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      const port = container[probe]?.httpGet?.port ?? container[probe]?.tcpSocket?.port;
      check(where, port === undefined || ports.has(port), `${probe} asks port ${port}, which the container has not`);
    }
    for (const { name, value, valueFrom } of container.env ?? []) {
      if (valueFrom?.fieldRef) continue;
      check(where, isKnown(name), `the application knows no ${name}`);
      check(where, !looksSecret(name) || (value === undefined && valueFrom?.secretKeyRef?.key), `${name} has no secretKeyRef`);
    }
  }
}

function checkService(where, { spec }, objects) {
  const pods = objects
    .filter((object) => object.spec?.template)
    .find(({ spec: { template } }) =>
      Object.entries(spec.selector).every(([label, value]) => template.metadata.labels[label] === value));
  check(where, pods, 'selects no pods');
  const names = pods?.spec.template.spec.containers.flatMap(({ ports }) => ports.map(({ name }) => name)) ?? [];
  for (const { targetPort } of spec.ports) check(where, names.includes(targetPort), `no pod has a port ${targetPort}`);
}

dockerfiles.split(',').forEach(checkDockerfile);
checkCompose();
checkKubernetes();
problems.forEach((problem) => console.error(problem));
console.log(problems.length === 0 ? 'Dockerfile, Compose and Kubernetes files are in order.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
