import { type RootGroup, rootGroups } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/run-as-root-group',
  summary: 'Root group used',
  severity: 'warning',
  profile: 'restricted',
  why:
    "Group 0 is that of the node's root. Many files of a node, and of images, may be read or written by it, so a process of that group " +
    'that gets out of its container reaches them without being root.',
  whenNot:
    'Images made for OpenShift keep their files in group 0, so that they run as any user; with a user namespace (`hostUsers: false`) ' +
    'group 0 is none of the node.',
  references: {
    nsa: true,
    peers: ['C-0013', 'KL:run-as-non-root', 'KSV-0116'],
  },
  fixClass: 'review',
  overrides: ['pod/run-as-low-gid'],
  reveals: ['pod/run-as-low-gid', 'pod/supplemental-groups-policy'],
  messages: {
    runAsGroup: "The group is set to 0, so processes may read and write what root's group may.",
    fsGroup: "The group of the volumes is set to 0, so processes may read and write what root's group may.",
    supplementalGroups: "Group 0 is among the further groups, so processes may read and write what root's group may.",
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const group of rootGroups(podSpec, version)) {
      report({ at: group.node, message: group.field, fixes: () => [fixOf(group)] });
    }
  },
});

function fixOf({ node, field }: RootGroup): Fix {
  switch (field) {
    case 'supplementalGroups':
      return {
        fixClass: 'hardening',
        title: 'Remove group 0 from supplementalGroups',
        operations: [{ op: 'remove', node }],
        isPreferred: true,
      };
    case 'fsGroup':
      return {
        fixClass: 'review',
        title: 'Set fsGroup: 10001 (check first that the volumes may change their group at the next mount)',
        operations: [{ op: 'set', node, value: 10001 }],
        isPreferred: true,
      };
    case 'runAsGroup':
      return {
        fixClass: 'review',
        title: 'Set runAsGroup: 10001 (check first that no files or volumes are for group 0 alone)',
        operations: [{ op: 'set', node, value: 10001 }],
        isPreferred: true,
      };
  }
}
