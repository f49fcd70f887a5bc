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
    ofContainer:
      'Container "{container}" runs with group 0, that of root, so its processes may read and write what that group may.',
    runAsGroup:
      'The pod sets runAsGroup to 0, the group of root, so its processes may read and write what that group may.',
    fsGroup: 'The pod sets fsGroup to 0, the group of root, so its processes may read and write what that group may.',
    supplementalGroups:
      'The pod gives its processes group 0, that of root, as a further group, so they may read and write what that group may.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const group of rootGroups(podSpec, version)) {
      const { node, field, container } = group;
      const fixes = () => [fixOf(group)];
      if (container === undefined) report({ at: node, message: field, fixes });
      else report({ at: node, message: 'ofContainer', args: { container: container.name }, fixes });
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
