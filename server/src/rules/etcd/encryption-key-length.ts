import { decodeBase64, encryptionKeys } from '../../kubernetes/index.ts';
import { RandomBytes } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'etcd/encryption-key-length',
  summary: 'Encryption key does not decode to a legal size',
  severity: 'error',
  profile: 'guide',
  guide: 4,
  why:
    'AES takes keys of 16, 24 or 32 bytes, secretbox of 32. With a key of another size the API server does not start. ' +
    'Thirty-two random bytes are right for each of them: `head -c 32 /dev/urandom | base64`.',
  whenNot: 'Never: the API server refuses the file.',
  references: {
    urls: [
      'https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#generate-key-no-kms',
      'https://github.com/kubernetes/kubernetes/pull/129610',
    ],
  },
  fixClass: 'review',
  reveals: ['etcd/encryption-key-in-repo'],
  messages: {
    length:
      'Key "{key}" of {provider} decodes to {bytes} bytes where {wanted} are needed, so the API server does not start.',
  },
  subject: 'resource',
  kinds: ['EncryptionConfiguration.apiserver.config.k8s.io'],
  judge(configuration, report) {
    for (const { provider, name, secret } of encryptionKeys(configuration)) {
      const bytes = secret.string === undefined ? undefined : decodeBase64(secret.string)?.length;
      // An empty secret is refused for being empty, not for its size.
      if (bytes === undefined || bytes === 0) continue;
      if (bytes === 32 || (provider !== 'secretbox' && (bytes === 16 || bytes === 24))) continue;
      report({
        at: secret,
        message: 'length',
        args: { key: name, provider, bytes, wanted: provider === 'secretbox' ? '32' : '16, 24 or 32' },
        fixes: () => [
          {
            fixClass: 'review',
            title: `Replace key "${name}" by 32 random bytes (check first that it is not a damaged copy of a key in use)`,
            operations: [{ op: 'set', node: secret, value: new RandomBytes(32) }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
