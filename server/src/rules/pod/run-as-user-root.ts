import { reachArguments, rootUsers, setterOf } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/run-as-user-root',
  summary: 'runAsUser: 0',
  severity: 'warning',
  profile: 'restricted',
  why:
    'User 0 is root, in the container and, without a user namespace, on the node as well. Whoever gets out of the container, or reaches ' +
    "a file of the node through a volume, has root's rights there.",
  whenNot:
    'With `hostUsers: false` root in the container is an ordinary user on the node; from 1.35 on the standard allows it.',
  references: {
    pss: [{ check: 'runAsUser', level: 'restricted' }],
    peers: ['KA:RunAsUserCSCRoot', 'KA:RunAsUserPSCRoot', 'KSV-0105'],
  },
  fixClass: 'hardening',
  overrides: ['pod/run-as-low-uid'],
  reveals: ['pod/run-as-low-uid'],
  messages: {
    container:
      'Container "{container}" sets runAsUser to 0, so its processes run as root, with its rights on the node once they get out.',
    override:
      'Container "{container}" sets runAsUser to 0 instead of the {inherited} of its pod, so its processes run as root, with its rights on the node once they get out.',
    heirs:
      'The pod sets runAsUser to 0, inherited by {containers}, so processes there run as root, with its rights on the node once they get out.',
    nobody:
      'The pod sets runAsUser to 0, which Pod Security admission refuses although every container sets a user of its own.',
    unsure:
      'The pod sets runAsUser to 0, so processes of containers that set no other user run as root, with its rights on the node once they get out.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const { node, reach } of rootUsers(podSpec, version)) {
      report({
        at: node,
        message: reach.kind,
        args: reachArguments(reach),
        fixes: () => [
          {
            fixClass: 'hardening',
            title: `Remove runAsUser: 0 from ${setterOf(reach)}`,
            operations: [{ op: 'remove', node }],
            isPreferred: true,
          },
          {
            fixClass: 'review',
            title: `Set runAsUser: 10001 for ${setterOf(reach)} (check first that no files or volumes belong to root)`,
            operations: [{ op: 'set', node, value: 10001 }],
          },
        ],
      });
    }
  },
});
