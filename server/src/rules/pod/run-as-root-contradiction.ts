import { startsAsForbiddenRoot } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/run-as-root-contradiction',
  summary: 'runAsNonRoot: true with runAsUser: 0',
  severity: 'error',
  profile: 'guide',
  why:
    'With `runAsNonRoot: true` the kubelet starts no container as user 0. The API server accepts the two together, and the pod then ' +
    'hangs in CreateContainerConfigError.',
  whenNot: 'There is no reason to keep it.',
  references: { peers: ['KL:run-as-non-root'] },
  fixClass: 'hardening',
  overrides: ['pod/run-as-low-uid'],
  reveals: ['pod/run-as-low-uid'],
  messages: {
    contradiction:
      'Container "{container}" is to run as user 0 and must not run as root at the same time, so it never starts.',
  },
  subject: 'container',
  judge(container, report) {
    if (!startsAsForbiddenRoot(container)) return;
    const user = container.effective('runAsUser').node;
    report({
      at: container.effective('runAsNonRoot').node,
      message: 'contradiction',
      args: { container: container.name },
      related: [{ at: user, message: 'User 0 is root.' }],
      fixes: () => [
        {
          fixClass: 'hardening',
          title: 'Remove runAsUser: 0',
          operations: [container.securityContext, container.podSpec.securityContext]
            .map((context) => context.get('runAsUser'))
            .filter(({ number }) => number === 0)
            .map((node) => ({ op: 'remove', node })),
          isPreferred: true,
        },
      ],
    });
  },
});
