import { type Container, credentialIn, secretNameFor, secretWith } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/hardcoded-env',
  summary: 'Credential literal in an environment variable',
  severity: 'error',
  profile: 'guide',
  guide: 2,
  why:
    'What stands in a manifest is read by everyone who can read the repository or the workload, far more people than may read Secrets, ' +
    'and it stays in the history when it is changed. Keep the value in a Secret and refer to it.',
  whenNot: 'Values that are no secret at all, though they are called so: a public token, a well-known test password.',
  references: {
    peers: ['C-0012', 'C-0259', 'KL:env-var-secret', 'PO:sensitiveContainerEnvVar'],
    urls: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
  },
  fixClass: 'review',
  reveals: [
    'secrets/secret-in-env',
    'secrets/plaintext-secret-in-repo',
    'secrets/tls-key-in-repo',
    'pod/default-namespace',
  ],
  messages: {
    byName:
      'Container "{container}" has a credential in plain text in environment variable {variable}, where everyone who sees the manifest can read it.',
    byShape:
      'Environment variable {variable} of container "{container}" holds what looks like a credential, where everyone who sees the manifest can read it.',
  },
  subject: 'container',
  judge(container, report) {
    for (const variable of container.node.get('env').items()) {
      const name = variable.get('name').string;
      const value = variable.get('value');
      const text = value.string;
      if (name === undefined || text === undefined || variable.get('valueFrom').isKnown) continue;
      const sign = credentialIn(name, text);
      if (sign === undefined) continue;
      report({
        at: value,
        message: sign === 'shape' ? 'byShape' : 'byName',
        args: { container: container.name, variable: name },
        fixes: () => fixesOf(container, variable, name, text),
      });
    }
  },
});

/** The value moves into a Secret document of its own, for a Secret of another file cannot be seen from here. */
function fixesOf(container: Container, variable: ManifestNode, name: string, text: string): readonly Fix[] {
  const { resource } = container.podSpec;
  const others = container.podSpec.containers.filter((other) => other !== container);
  const isTaken = others.some((other) =>
    other.node
      .get('env')
      .items()
      .some((item) => item.get('name').string === name),
  );
  const secretName = secretNameFor(resource, ...(isTaken ? [container.name, name] : [name]));
  if (secretName === undefined) return [];
  return [
    {
      fixClass: 'review',
      title: `Move the value of ${name} into Secret ${secretName} (apply the Secret first, and change the value: it stays in the history)`,
      operations: [
        { op: 'remove', node: variable.get('value') },
        { op: 'set', node: variable.get('valueFrom'), value: { secretKeyRef: { name: secretName, key: name } } },
        { op: 'addDocument', after: resource.document, value: secretWith(resource, secretName, name, text) },
      ],
      isPreferred: true,
    },
  ];
}
