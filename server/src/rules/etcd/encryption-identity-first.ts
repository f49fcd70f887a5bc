import { encryptionProviderLists, stringItems } from '../../kubernetes/index.ts';
import type { FixOperation, ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'etcd/encryption-identity-first',
  summary: 'identity is the first encryption provider',
  severity: 'error',
  profile: 'guide',
  guide: 4,
  why:
    'The first provider of the list encrypts what is written, the others only read. With identity first every new object goes to etcd in clear, ' +
    'although the file lists an encrypting provider too.',
  whenNot:
    'While encryption is being turned off on purpose: identity goes first until every object has been rewritten.',
  references: {
    cis: ['1.2.28'],
    urls: [
      'https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#understanding-the-encryption-at-rest-configuration',
    ],
  },
  fixClass: 'review',
  overrides: ['etcd/encryption-secrets-not-covered'],
  reveals: ['etcd/encryption-weak-mode'],
  messages: {
    first: 'The provider identity stands first, so {resources} are written to etcd unencrypted.',
  },
  subject: 'resource',
  kinds: ['EncryptionConfiguration.apiserver.config.k8s.io'],
  judge(configuration, report) {
    for (const providers of encryptionProviderLists(configuration)) {
      const [first, ...others] = providers.items();
      if (first === undefined || others.length === 0 || !first.get('identity').isKnown) continue;
      report({
        at: first.get('identity').keyPlace,
        message: 'first',
        args: { resources: resourcesOf(providers) },
        fixes: () => [moveLast(providers, first, others)],
      });
    }
  },
});

function resourcesOf(providers: ManifestNode): string {
  const names = providers.parent === undefined ? [] : stringItems(providers.parent.get('resources'));
  return names.length === 0 ? 'new objects' : `new ${names.join(', ')}`;
}

function moveLast(providers: ManifestNode, first: ManifestNode, others: readonly ManifestNode[]): Fix {
  const operations: FixOperation[] = [{ op: 'remove', node: first }];
  if (!others.some((other) => other.get('identity').isKnown)) {
    operations.unshift({ op: 'insert', list: providers, index: others.length + 1, value: { identity: {} } });
  }
  return {
    fixClass: 'review',
    title: 'Move identity to the end (every API server must know the key before the first one writes with it)',
    operations,
    isPreferred: true,
  };
}
