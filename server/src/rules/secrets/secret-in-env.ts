import type { Container } from '../../kubernetes/index.ts';
import type { FixOperation, ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/secret-in-env',
  summary: 'Secret handed over in the environment',
  severity: 'info',
  profile: 'all',
  guide: 2,
  why:
    'Environment variables are inherited by every child process, land in crash reports and logs, and keep the old value until the pod restarts. ' +
    'A mounted file can be read by the one process that needs it, and follows the Secret.',
  whenNot: 'Where the application reads its credentials from the environment only.',
  references: {
    cis: ['5.4.1'],
    nsa: true,
    peers: [
      'CKV_K8S_35',
      'KL:read-secret-from-env-var',
      'C-0207',
      'C-0255',
      'KSEC:SecretsAsEnvironmentVariables',
      'KICS:Secrets As Environment Variables',
    ],
    urls: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  },
  fixClass: 'input',
  reveals: ['secrets/default-mode'],
  messages: {
    variable:
      'Environment variable {variable} of container "{container}" is taken from a Secret, and every child process inherits it.',
    all: 'Container "{container}" takes all keys of Secret "{secret}" into its environment, and every child process inherits them.',
  },
  subject: 'container',
  judge(container, report) {
    for (const variable of container.node.get('env').items()) {
      const reference = variable.get('valueFrom', 'secretKeyRef');
      if (!reference.isKnown) continue;
      report({
        at: reference,
        message: 'variable',
        args: { container: container.name, variable: variable.get('name').string ?? '' },
        fixes: () => mountInstead(container, variable),
      });
    }
    for (const source of container.node.get('envFrom').items()) {
      const reference = source.get('secretRef');
      if (!reference.isKnown) continue;
      const secret = reference.get('name').string ?? '';
      report({ at: reference, message: 'all', args: { container: container.name, secret } });
    }
  },
});

/** The variable then names a file, as the images of many databases understand `<NAME>_FILE`. */
function mountInstead(container: Container, variable: ManifestNode): readonly Fix[] {
  const { podSpec } = container;
  const reference = variable.get('valueFrom', 'secretKeyRef');
  const secretName = reference.get('name').string;
  const key = reference.get('key').string;
  const name = variable.get('name').string;
  if (secretName === undefined || key === undefined || name === undefined || podSpec.resource.isPartial) return [];
  if (isReferredTo(container, name) || isSet(container, `${name}_FILE`)) return [];
  const volumes = podSpec.node.get('volumes');
  const mounts = container.node.get('volumeMounts');
  const existing = volumes.items().find((volume) => volume.get('secret', 'secretName').string === secretName);
  const volumeName = existing?.get('name').string ?? secretName.replaceAll('.', '-').slice(0, 63);
  const mount = mounts.items().find((item) => item.get('name').string === volumeName);
  const folder = mount?.get('mountPath').string ?? `/etc/secrets/${secretName}`;
  const operations: FixOperation[] = [
    { op: 'set', node: variable.get('name'), value: `${name}_FILE` },
    { op: 'remove', node: variable.get('valueFrom') },
    { op: 'set', node: variable.get('value'), value: `${folder}/${key}` },
  ];
  if (mount === undefined) {
    const value = { name: volumeName, mountPath: folder, readOnly: true };
    operations.push({ op: 'insert', list: mounts, index: mounts.items().length, value });
  }
  if (existing === undefined) {
    const value = { name: volumeName, secret: { secretName } };
    operations.push({ op: 'insert', list: volumes, index: volumes.items().length, value });
  }
  return [
    {
      fixClass: 'input',
      title: `Mount Secret ${secretName} and name its file in ${name}_FILE (the application must read the file)`,
      operations,
    },
  ];
}

/** `$(NAME)` in the command line or in another variable would be left without its value. */
function isReferredTo({ node }: Container, name: string): boolean {
  const texts = [
    ...node.get('command').items(),
    ...node.get('args').items(),
    ...node
      .get('env')
      .items()
      .map((variable) => variable.get('value')),
  ];
  return texts.some(({ string }) => string?.includes(`$(${name})`) === true);
}

function isSet({ node }: Container, name: string): boolean {
  return node
    .get('env')
    .items()
    .some((variable) => variable.get('name').string === name);
}
