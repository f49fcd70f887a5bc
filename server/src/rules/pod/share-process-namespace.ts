import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/share-process-namespace',
  summary: 'Containers of the pod share their processes',
  severity: 'info',
  profile: 'all',
  why:
    'With a common process namespace each container sees the command lines of all others, may signal them and, as the same user, reads ' +
    'their memory, environment and files through /proc. Whoever breaks into one container has broken into all of them.',
  whenNot: 'Sidecars that watch or signal the main process; suppress it with that reason.',
  references: {
    urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/'],
  },
  fixClass: 'hardening',
  messages: {
    shared:
      'The containers of the pod see each other as processes, so whoever breaks into one can read the memory and files of the others.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const shared = podSpec.node.get('shareProcessNamespace');
    if (shared.boolean !== true) return;
    report({
      at: shared,
      message: 'shared',
      fixes: () => [
        {
          fixClass: 'hardening',
          title: 'Remove shareProcessNamespace: true',
          operations: [{ op: 'remove', node: shared }],
          isPreferred: true,
        },
      ],
    });
  },
});
