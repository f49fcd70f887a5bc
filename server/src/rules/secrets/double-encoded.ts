import { decodedText, isSopsFile } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

/** Shorter words are valid base64 too often: `password` is. */
const shortest = 12;

const printable = /^[\t\r\n\x20-\x7e]+$/;

export const rule = defineRule({
  id: 'secrets/double-encoded',
  summary: 'Secret value is base64 of base64',
  severity: 'info',
  profile: 'all',
  why:
    'Kubernetes decodes `data` once. A value that was encoded twice reaches the workload still encoded, ' +
    'so it uses the base64 text as the credential.',
  whenNot: 'Where the workload expects base64 and decodes it itself.',
  references: { urls: ['https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data'] },
  fixClass: 'review',
  reveals: ['secrets/base64-trailing-newline', 'secrets/default-password'],
  messages: {
    twice: 'Value "{key}" of Secret "{name}" is base64 of base64, so the workload gets it still encoded.',
  },
  subject: 'resource',
  kinds: ['Secret'],
  judge(secret, report) {
    if (isSopsFile(secret)) return;
    for (const { key, value } of secret.node.get('data').entries()) {
      const once = value.string === undefined ? undefined : decodedText(value.string)?.trimEnd();
      if (once === undefined || once.length < shortest) continue;
      const twice = decodedText(once);
      if (twice === undefined || !printable.test(twice)) continue;
      report({
        at: value,
        message: 'twice',
        args: { key, name: secret.name },
        fixes: () => [
          {
            fixClass: 'review',
            title: `Encode "${key}" only once (the value changes: check first that the workload does not decode it itself)`,
            operations: [{ op: 'set', node: value, value: once }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
