import { escalationConflicts, hasBidirectionalMount } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/privilege-escalation-conflict',
  summary: 'allowPrivilegeEscalation: false with privileged or CAP_SYS_ADMIN',
  severity: 'error',
  profile: 'guide',
  why:
    'A privileged container, and one with `CAP_SYS_ADMIN`, may gain privileges in any case, so Kubernetes refuses a pod that forbids it ' +
    'beside them. It looks for that very word; a plain `SYS_ADMIN` passes.',
  whenNot: 'There is no reason to keep it.',
  references: { urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'] },
  fixClass: 'hardening',
  messages: {
    privileged:
      'Container "{container}" is privileged and must not gain privileges at the same time, so the pod is refused.',
    sysAdmin:
      'Container "{container}" adds CAP_SYS_ADMIN and must not gain privileges at the same time, so the pod is refused.',
  },
  subject: 'container',
  judge(container, report) {
    const [first, ...more] = escalationConflicts(container);
    if (first === undefined) return;
    const isPrivileged = first.boolean === true;
    report({
      at: container.securityContext.get('allowPrivilegeEscalation'),
      message: isPrivileged ? 'privileged' : 'sysAdmin',
      args: { container: container.name },
      fixes: () =>
        isPrivileged && hasBidirectionalMount(container)
          ? []
          : [
              {
                fixClass: 'hardening',
                title: isPrivileged
                  ? `Set privileged: false on container "${container.name}"`
                  : `Remove the capability CAP_SYS_ADMIN of container "${container.name}"`,
                operations: [first, ...more].map((node) =>
                  node.boolean === true ? { op: 'set', node, value: false } : { op: 'remove', node },
                ),
                isPreferred: true,
              },
            ],
    });
  },
});
