import { allowsPrivilegeEscalation, refusesNoPrivilegeEscalation } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/privilege-escalation',
  summary: 'Container may gain privileges',
  severity: 'warning',
  profile: 'restricted',
  why:
    'Unless `allowPrivilegeEscalation` is false, a process may get more privileges than its parent, through a setuid binary or ' +
    'file capabilities. An attacker who runs code as an ordinary user then becomes root in the container. The field has no ' +
    'pod-level counterpart and its default is true.',
  whenNot: 'Programs that rely on setuid binaries (`sudo`, `ping` of old images) stop working without it.',
  references: {
    pss: [{ check: 'allowPrivilegeEscalation', level: 'restricted' }],
    cis: ['5.2.6'],
    nsa: true,
    peers: [
      'C-0016',
      'CKV_K8S_20',
      'KA:AllowPrivilegeEscalationNil',
      'KA:AllowPrivilegeEscalationTrue',
      'KICS:Privilege Escalation Allowed',
      'KL:privilege-escalation-container',
      'KSEC:AllowPrivilegeEscalation',
      'KSV-0001',
      'PO:privilegeEscalationAllowed',
      'SNYK-CC-K8S-9',
    ],
  },
  fixClass: 'hardening',
  overrides: ['pod/security-context-missing'],
  messages: {
    unset:
      'Container "{container}" does not set allowPrivilegeEscalation to false, so a process in it may gain more privileges than it started with.',
    allowed: 'Container "{container}" lets its processes gain more privileges than they started with.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    if (!allowsPrivilegeEscalation(container, version)) return;
    const allowed = container.securityContext.get('allowPrivilegeEscalation');
    report({
      at: allowed,
      message: allowed.isMissing ? 'unset' : 'allowed',
      args: { container: container.name },
      fixes: () =>
        refusesNoPrivilegeEscalation(container)
          ? []
          : [
              {
                fixClass: 'hardening',
                title: `Set allowPrivilegeEscalation: false on container "${container.name}"`,
                operations: [{ op: 'set', node: allowed, value: false }],
                isPreferred: true,
              },
            ],
    });
  },
});
