import { isWindowsPod, lacksSeccompProfile } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/seccomp-missing',
  summary: 'No seccomp profile',
  severity: 'warning',
  profile: 'restricted',
  why:
    "Without a seccomp profile a container may make any of the hundreds of system calls of the node's kernel, and a hole in one of " +
    'them is the usual way out of a container. `RuntimeDefault` blocks those that ordinary programs never use.',
  whenNot:
    'Where a program needs a blocked system call, give it a `Localhost` profile of its own. A kubelet with `seccompDefault` does the ' +
    'same at run time, but Pod Security admission cannot see it.',
  references: {
    pss: [{ check: 'seccompProfile_restricted', level: 'restricted' }],
    cis: ['5.6.2'],
    nsa: true,
    peers: [
      'C-0055',
      'C-0210',
      'CKV_K8S_31',
      'KA:SeccompProfileMissing',
      'KICS:Seccomp Profile Is Not Configured',
      'KS:container-seccomp-profile',
      'KSEC:SeccompAny',
      'KSV-0030',
      'PO:linuxHardening',
    ],
  },
  fixClass: 'hardening',
  overrides: ['pod/security-context-missing'],
  messages: {
    missing:
      'Container "{container}" has no seccomp profile of its own or of its pod, so it may make any system call of the node\'s kernel.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    if (!lacksSeccompProfile(container, version)) return;
    report({
      at: container.securityContext.get('seccompProfile'),
      message: 'missing',
      args: { container: container.name },
      // The API server refuses the field in a pod for Windows, even where the standard asks for it.
      fixes: () =>
        isWindowsPod(container.podSpec)
          ? []
          : [
              {
                fixClass: 'hardening',
                title: 'Use the seccomp profile RuntimeDefault for the pod',
                operations: [
                  {
                    op: 'set',
                    node: container.podSpec.securityContext.get('seccompProfile'),
                    value: { type: 'RuntimeDefault' },
                  },
                ],
                isPreferred: true,
              },
            ],
    });
  },
});
