import { decodeBase64, encodeBase64, isSopsFile } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

/** Files, in which a newline at the end is ordinary. */
const fileName = /\.[A-Za-z][A-Za-z0-9]*$/;

export const rule = defineRule({
  id: 'secrets/base64-trailing-newline',
  summary: 'Secret value ends with a newline',
  severity: 'info',
  profile: 'all',
  guide: 2,
  why:
    '`echo password | base64` encodes the newline of `echo` too. The workload then gets a password that ends with a newline, ' +
    'which a login refuses and which makes a key a byte too long. `printf %s password | base64` and `stringData` add none.',
  whenNot: 'Where the value is a file that ends with a newline on purpose.',
  references: { urls: ['https://kubernetes.io/docs/tasks/configmap-secret/managing-secret-using-config-file/'] },
  fixClass: 'review',
  messages: {
    newline:
      'Value "{key}" of Secret "{name}" ends with a newline once it is decoded, which is then part of the credential.',
  },
  subject: 'resource',
  kinds: ['Secret'],
  judge(secret, report) {
    if (isSopsFile(secret)) return;
    for (const { key, value } of secret.node.get('data').entries()) {
      const bytes = value.string === undefined ? undefined : decodeBase64(value.string);
      if (bytes === undefined || fileName.test(key)) continue;
      const text = new TextDecoder().decode(bytes);
      const trimmed = text.replace(/\r?\n$/, '');
      if (trimmed === text || trimmed === '' || /[\r\n]/.test(trimmed)) continue;
      report({
        at: value,
        message: 'newline',
        args: { key, name: secret.name },
        fixes: () => [
          {
            fixClass: 'review',
            title: `Encode "${key}" without the newline (the value changes: check first that nobody expects the newline)`,
            operations: [
              {
                op: 'set',
                node: value,
                value: encodeBase64(bytes.slice(0, bytes.length - (text.length - trimmed.length))),
              },
            ],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
