import { hasBidirectionalMount, isPrivileged } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/privileged',
  summary: 'Container is privileged',
  severity: 'error',
  profile: 'guide',
  why:
    'A privileged container has all capabilities, sees every device of the node and runs without seccomp and AppArmor. ' +
    'Whoever breaks into it owns the node.',
  whenNot:
    'Agents that manage the node itself (CNI and CSI plugins, some device plugins) need it; keep them in a namespace of their own.',
  references: {
    pss: [{ check: 'privileged', level: 'baseline' }],
    cis: ['5.2.2'],
    nsa: true,
    peers: [
      'C-0057',
      'CKV_K8S_16',
      'KA:PrivilegedNil',
      'KA:PrivilegedTrue',
      'KICS:Container Is Privileged',
      'KL:privileged-container',
      'KS:container-security-context-privileged',
      'KSEC:Privileged',
      'KSV-0017',
      'PO:runAsPrivileged',
      'SNYK-CC-K8S-1',
    ],
  },
  fixClass: 'hardening',
  messages: {
    privileged: 'Container "{container}" is privileged, so whoever breaks into it controls the whole node.',
  },
  subject: 'container',
  judge(container, report) {
    if (!isPrivileged(container)) return;
    const privileged = container.securityContext.get('privileged');
    report({
      at: privileged,
      message: 'privileged',
      args: { container: container.name },
      fixes: () =>
        hasBidirectionalMount(container)
          ? []
          : [
              {
                fixClass: 'hardening',
                title: `Set privileged: false on container "${container.name}"`,
                operations: [{ op: 'set', node: privileged, value: false }],
                isPreferred: true,
              },
            ],
    });
  },
});
