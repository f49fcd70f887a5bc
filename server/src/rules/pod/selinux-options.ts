import { forbiddenSeLinuxFields } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/selinux-options',
  summary: 'Custom SELinux user, role or type',
  severity: 'error',
  profile: 'guide',
  why:
    'On nodes with SELinux the label decides what a process may reach. The types for containers keep it inside; another type, or a user ' +
    'or role of its own, may let it reach the files and processes of the node.',
  whenNot: 'Where the nodes carry a policy written for this very workload.',
  references: {
    pss: [{ check: 'seLinuxOptions', level: 'baseline' }],
    peers: ['KSV-0025'],
  },
  fixClass: 'hardening',
  messages: {
    label:
      'The SELinux label "{value}" is not one of those for containers, so SELinux may no longer keep the process inside.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const node of forbiddenSeLinuxFields(podSpec, version)) {
      const value = node.string ?? '';
      report({
        at: node,
        message: 'label',
        args: { value },
        fixes: () => [
          {
            fixClass: 'hardening',
            title: `Remove the SELinux label "${value}"`,
            operations: [{ op: 'remove', node }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
