import { decodeBase64, encryptionKeys } from '../../kubernetes/index.ts';
import { RandomBytes } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'etcd/encryption-key-not-base64',
  summary: 'Encryption key is not standard base64',
  severity: 'error',
  profile: 'guide',
  guide: 4,
  why:
    'The API server decodes keys with the standard alphabet and required padding, and exits on anything else: ' +
    'a placeholder that was never replaced, the URL-safe alphabet, a space that folding put in.',
  whenNot:
    'Where a tool replaces the placeholder before the file reaches the API server; suppress it with that reason.',
  references: {
    urls: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#generate-key-no-kms'],
  },
  fixClass: 'review',
  overrides: ['etcd/encryption-key-length', 'etcd/encryption-key-weak'],
  reveals: ['etcd/encryption-key-in-repo'],
  messages: {
    notBase64: 'Key "{key}" of {provider} is not standard base64, so the API server does not start.',
    folded:
      'Key "{key}" of {provider} is broken over lines that YAML joins by spaces, so the API server does not start.',
  },
  subject: 'resource',
  kinds: ['EncryptionConfiguration.apiserver.config.k8s.io'],
  judge(configuration, report) {
    for (const { provider, name, secret } of encryptionKeys(configuration)) {
      const text = secret.string;
      if (text === undefined || text === '' || decodeBase64(text) !== undefined) continue;
      const joined = text.replaceAll(' ', '');
      const isFolded = joined !== '' && decodeBase64(joined) !== undefined;
      report({
        at: secret,
        message: isFolded ? 'folded' : 'notBase64',
        args: { key: name, provider },
        fixes: () => [
          isFolded
            ? {
                fixClass: 'review',
                title: `Join the parts of key "${name}" (check first that none is missing)`,
                operations: [{ op: 'set', node: secret, value: joined }],
                isPreferred: true,
              }
            : {
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
