import { forbiddenSeLinuxFields, reachArguments, setterOf } from '../../kubernetes/index.ts';
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
    container:
      'Container "{container}" sets the SELinux {field} "{value}", which is not one of those for containers, so SELinux may no longer keep it inside.',
    override:
      'Container "{container}" sets the SELinux {field} "{value}" instead of the "{inherited}" of its pod, which is not one of those for containers, so SELinux may no longer keep it inside.',
    heirs:
      'The pod sets the SELinux {field} "{value}", inherited by {containers}, which is not one of those for containers, so SELinux may no longer keep processes inside.',
    nobody:
      'The pod sets the SELinux {field} "{value}", which Pod Security admission refuses although every container has options of its own.',
    unsure:
      'The pod sets the SELinux {field} "{value}", which is not one of those for containers, so SELinux may no longer keep processes inside.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const { node, field, value, reach } of forbiddenSeLinuxFields(podSpec, version)) {
      report({
        at: node,
        message: reach.kind,
        args: { field, value, ...reachArguments(reach) },
        fixes: () => [
          {
            fixClass: 'hardening',
            title: `Remove the SELinux ${field} "${value}" from ${setterOf(reach)}`,
            operations: [{ op: 'remove', node }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
