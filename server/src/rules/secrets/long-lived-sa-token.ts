import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'secrets/long-lived-sa-token',
  summary: 'ServiceAccount token that never expires',
  severity: 'warning',
  profile: 'restricted',
  guide: 2,
  why:
    'A Secret of this type makes the cluster issue a token that never expires and is bound to no pod. ' +
    'Tokens of the TokenRequest API (`kubectl create token`, projected volumes) expire and are renewed.',
  whenNot: 'Where a system outside the cluster cannot renew a token; suppress it with that reason.',
  references: {
    urls: [
      'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
      'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/',
    ],
  },
  fixClass: 'review',
  messages: {
    token: 'Secret "{name}" asks for a ServiceAccount token that never expires, so a stolen copy works for good.',
  },
  subject: 'resource',
  kinds: ['Secret'],
  judge(secret, report) {
    const type = secret.node.get('type');
    if (type.string !== 'kubernetes.io/service-account-token') return;
    report({
      at: type,
      message: 'token',
      args: { name: secret.name },
      // A fix cannot delete a whole document, only an item of a List.
      fixes: () =>
        secret.node.parent === undefined
          ? []
          : [
              {
                fixClass: 'review',
                title: `Delete Secret "${secret.name}" (whoever uses its token is locked out: give them one of the TokenRequest API first)`,
                operations: [{ op: 'remove', node: secret.node }],
                isPreferred: true,
              },
            ],
    });
  },
});
