import { hasNoSecurityContext } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/security-context-missing',
  summary: 'No securityContext at all',
  severity: 'info',
  profile: 'all',
  why:
    'Without a security context a container runs as the user of its image, root more often than not, with the default capabilities and ' +
    'without a seccomp profile. Kubernetes hardens nothing by itself.',
  whenNot:
    'Where the namespace or an admission policy sets the same for every pod; Pod Security admission only refuses, it sets nothing.',
  references: {
    cis: ['5.6.3'],
    peers: ['C-0211', 'CKV_K8S_29', 'CKV_K8S_30', 'KICS:Pod or Container Without Security Context', 'KSV-0118'],
  },
  fixClass: 'hardening',
  messages: {
    missing:
      'Container "{container}" has no security context of its own or of its pod, so it runs with everything that the runtime allows by default.',
  },
  subject: 'container',
  judge(container, report) {
    if (!hasNoSecurityContext(container)) return;
    report({
      at: container.securityContext,
      message: 'missing',
      args: { container: container.name },
      fixes: () => [
        {
          fixClass: 'hardening',
          title: `Give container "${container.name}" what the restricted standard asks for`,
          operations: [{ op: 'set', node: container.securityContext, value: restrictedSettings }],
          isPreferred: true,
        },
      ],
    });
  },
});

const restrictedSettings = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
