// Everything that the files that deploy must be, by their texts.
import { checkCompose } from './compose.mjs';
import { bytes } from './common.mjs';
import { checkDockerfile } from './dockerfile.mjs';
import { checkKubernetes } from './kubernetes.mjs';

/** Where the texts are; k8s is rendered by kubectl. */
export const FILES = ['Dockerfile', 'admin-ui/Dockerfile', 'docker-compose.yml', 'tools/jvm.options',
  'deploy/redis/redis.conf', 'deploy/redis/start.sh', 'deploy/redis/users.acl', 'k8s'];

/** @param texts of FILES, by name. Returns what is wrong, a line each. */
export function problemsOf(texts) {
  const problems = [];
  const report = (where, what) => problems.push(`${where}: ${what}`);
  checkDockerfile('Dockerfile', texts.Dockerfile, report);
  checkDockerfile('admin-ui/Dockerfile', texts['admin-ui/Dockerfile'], report);

  const conf = texts['deploy/redis/redis.conf'];
  const redis = {
    maxmemory: bytes(/^maxmemory (\S+)$/m.exec(conf)?.[1]),
    files: Object.fromEntries(['redis.conf', 'start.sh', 'users.acl'].map((file) => [file, texts[`deploy/redis/${file}`]])),
  };
  if (!/^maxmemory-policy noeviction$/m.test(conf)) report('deploy/redis/redis.conf', 'a full Redis would forget what it was given');
  const users = texts['deploy/redis/users.acl'];
  if (!/^user default off /m.test(users)) report('deploy/redis/users.acl', 'whoever has no name comes in');
  if (!/^user default off allkeys resetchannels allcommands$/m.test(users)) report('deploy/redis/users.acl', 'a restart would lose transactions');
  if (/^(?!user default )[^#\n]*(\+@all|allcommands|nopass|~\*|allkeys)/m.test(users)) report('deploy/redis/users.acl', 'somebody may do everything');
  checkCompose('docker-compose.yml', texts['docker-compose.yml'], redis, report);
  checkKubernetes(texts.k8s, redis, report);
  if (/^-XX:MaxRAM=/m.test(texts['tools/jvm.options'])) report('tools/jvm.options', "with MaxRAM the JVM does not look at its container's limit");
  return problems;
}
