// The rendered k8s/: Kubernetes' schemas, and what this project wants of each object.
import { createRequire } from 'node:module';
import { parseAllDocuments } from 'yaml';
import { REDIS_SHARE, bytes, endsWithin, isKnown, isPinned, looksSecret, tooWide } from './common.mjs';

const require = createRequire(import.meta.url);

/** Not for the world. */
const INTERNAL = ['/api/v1/admin', '/actuator', '/api/docs'];

/** Kinds of the core API have no group: v1 is in a folder of its own. */
function schemaOf({ apiVersion, kind }) {
  try {
    return require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
  } catch {
    return undefined;
  }
}

const selects = (labels, pod) => Object.entries(labels ?? {}).every(([label, value]) => pod.metadata.labels[label] === value);

/** @param redis `{ maxmemory, files }` of deploy/redis */
export function checkKubernetes(text, redis, report) {
  const objects = parseAllDocuments(text).map((document) => document.toJS());
  const find = (kind, name) => objects.find((object) => object.kind === kind && object.metadata.name === name);
  for (const object of objects) {
    const where = `k8s, ${object.kind} ${object.metadata?.name}`;
    const check = (holds, what) => holds || report(where, what);
    const Schema = schemaOf(object);
    check(Schema, `no schema for ${object.apiVersion}`);
    try {
      if (Schema) new Schema(object).validate();
    } catch (error) {
      report(where, error.message);
    }
    check(object.kind !== 'Secret', 'secrets are referred to, not written down');
    if (object.kind === 'ConfigMap' && object.metadata.name !== 'redis-config') checkConfig(object.data, check);
    if (object.spec?.template) checkWorkload(object, objects, check);
    if (object.kind === 'Service') checkService(object, objects, check);
    if (object.kind === 'Ingress') checkIngress(object, find, check);
  }
  const gateway = find('Deployment', 'realtime-service');
  if (gateway?.spec.replicas !== 3) report('k8s', 'three replicas');
  const { terminationGracePeriodSeconds, containers } = gateway?.spec.template.spec ?? {};
  const preStop = Number(containers?.[0].lifecycle?.preStop?.exec?.command?.at(-1) ?? 0);
  if (!(terminationGracePeriodSeconds >= preStop + endsWithin(find('ConfigMap', 'realtime-config')?.data))) {
    report('k8s, Deployment realtime-service', 'is killed while it drains');
  }
  for (const [file, content] of Object.entries(redis.files)) {
    if (find('ConfigMap', 'redis-config')?.data[file] !== content) report('k8s, ConfigMap redis-config', `${file} is not that of deploy/redis`);
  }
  const limit = find('StatefulSet', 'redis')?.spec.template.spec.containers[0].resources?.limits?.memory;
  if (!(redis.maxmemory <= REDIS_SHARE * bytes(limit))) report('k8s, StatefulSet redis', 'maxmemory leaves too little of the memory limit');
}

function checkConfig(data, check) {
  for (const [name, value] of Object.entries(data)) {
    check(isKnown(name), `the application knows no ${name}`);
    check(!looksSecret(name), `${name} belongs into a secret`);
    if (name.endsWith('_TRUSTED_PROXIES')) check(tooWide(value).length === 0, `trusts ${tooWide(value)}`);
  }
}

function checkWorkload(object, objects, check) {
  const { template } = object.spec;
  const { spec } = template;
  check(selects(object.spec.selector.matchLabels, template), "the selector's labels are not the pods'");
  check(spec.securityContext?.runAsNonRoot, 'may run as root');
  check(spec.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile');
  check(spec.automountServiceAccountToken === false, "has the cluster's token");
  const policy = objects.find(({ kind, spec: { podSelector } = {} }) => kind === 'NetworkPolicy' && selects(podSelector.matchLabels, template));
  check(policy && ['Ingress', 'Egress'].every((type) => policy.spec.policyTypes?.includes(type)), 'has no NetworkPolicy for both directions');
  check(!policy?.spec.ingress?.some(({ from }) => !from?.length), 'its NetworkPolicy lets everybody in');
  check(objects.some(({ kind, spec: { selector } = {} }) => kind === 'PodDisruptionBudget' && selects(selector.matchLabels, template)),
    'has no PodDisruptionBudget');
  for (const container of spec.containers) {
    check(isPinned(container.image), `${container.image} is not pinned to a version`);
    check(bytes(container.resources?.limits?.memory) > 0, 'no memory limit');
    check(container.securityContext?.allowPrivilegeEscalation === false, 'may gain privileges');
    check(container.securityContext?.readOnlyRootFilesystem === true, 'the root file system is not read-only');
    check(container.securityContext?.capabilities?.drop?.includes('ALL'), 'capabilities are not dropped');
    if (object.kind === 'Deployment') check(container.lifecycle?.preStop, 'no preStop: it would be asked while it ends');
    checkProbes(container, check);
    for (const { name, value, valueFrom } of container.env ?? []) {
      if (valueFrom?.fieldRef) continue;
      check(isKnown(name), `the application knows no ${name}`);
      check(!looksSecret(name) || (value === undefined && valueFrom?.secretKeyRef?.key), `${name} has no secretKeyRef`);
      if (name.endsWith('_TRUSTED_PROXIES')) check(tooWide(value).length === 0, `trusts ${tooWide(value)}`);
    }
  }
}

function checkProbes(container, check) {
  const ports = new Set(container.ports.flatMap(({ name, containerPort }) => [name, containerPort]));
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    const port = container[probe]?.httpGet?.port ?? container[probe]?.tcpSocket?.port;
    check(port === undefined || ports.has(port), `${probe} asks port ${port}, which the container has not`);
  }
}

function checkService({ spec }, objects, check) {
  const pods = objects.find((object) => object.spec?.template && selects(spec.selector, object.spec.template));
  check(pods, 'selects no pods');
  const names = pods?.spec.template.spec.containers.flatMap(({ ports }) => ports.map(({ name }) => name)) ?? [];
  for (const { targetPort } of spec.ports) check(names.includes(targetPort), `no pod has a port ${targetPort}`);
}

function checkIngress({ metadata, spec }, find, check) {
  const withTls = new Set((spec.tls ?? []).filter(({ secretName }) => secretName).flatMap(({ hosts }) => hosts));
  check(metadata.annotations?.['nginx.ingress.kubernetes.io/ssl-redirect'] === 'true', 'does not insist on TLS');
  for (const { host, http } of spec.rules) {
    check(withTls.has(host), `${host} has no TLS`);
    for (const { path, pathType, backend } of http.paths) {
      const target = find('Service', backend.service.name);
      check(target?.spec.ports.some(({ name }) => name === backend.service.port.name), 'no such service and port');
      if (backend.service.name !== 'realtime-service') continue;
      for (const internal of INTERNAL) {
        const reached = pathType === 'Exact' ? path === internal
          : `${internal}/`.startsWith(path.replace(/\/*$/, '/')) || `${path}/`.startsWith(`${internal}/`);
        check(!reached && pathType !== 'ImplementationSpecific', `${path} lets the world reach ${internal}`);
      }
    }
  }
}
