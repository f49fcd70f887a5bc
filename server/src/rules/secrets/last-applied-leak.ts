import { repeatsSecretData } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

export const rule = defineRule({
  id: 'secrets/last-applied-leak',
  summary: 'Annotation repeats the data of a Secret',
  severity: 'error',
  profile: 'guide',
  guide: 2,
  why:
    'Client-side `kubectl apply` copies the whole manifest into an annotation. Of a Secret that copy holds the values; ' +
    '`kubectl describe` shows annotations, and the copy keeps the old value when somebody else changes the Secret.',
  whenNot: 'Never: apply Secrets with `kubectl apply --server-side`, which needs no such annotation.',
  references: { urls: ['https://kubernetes.io/docs/reference/using-api/server-side-apply/'] },
  fixClass: 'hardening',
  messages: {
    leak: 'Annotation last-applied-configuration of Secret "{name}" repeats its data, and "kubectl describe" shows annotations.',
  },
  subject: 'resource',
  kinds: ['Secret'],
  judge(secret, report) {
    const node = secret.metadata.get('annotations', annotation);
    if (node.string === undefined || !repeatsSecretData(node.string)) return;
    report({
      at: node,
      message: 'leak',
      args: { name: secret.name },
      fixes: () => [
        {
          fixClass: 'hardening',
          title: `Delete annotation last-applied-configuration (client-side "kubectl apply" writes it again; use --server-side)`,
          operations: [{ op: 'remove', node }],
          isPreferred: true,
        },
      ],
    });
  },
});
