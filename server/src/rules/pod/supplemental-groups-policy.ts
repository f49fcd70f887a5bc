import { mergesGroupsOfImage } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/supplemental-groups-policy',
  summary: 'Image decides about further groups',
  severity: 'info',
  profile: 'all',
  why:
    "Unless `supplementalGroupsPolicy` is `Strict`, a container also gets the groups that the image's own `/etc/group` gives its user. " +
    'Neither the manifest nor admission shows them, and whoever builds the image decides which volumes it may read.',
  whenNot:
    'Images that rely on groups of their own. Nodes whose `status.features.supplementalGroupsPolicy` is not true reject pods with `Strict`.',
  references: {
    urls: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#supplementalgroupspolicy',
      'https://kep.k8s.io/3619',
    ],
  },
  fixClass: 'review',
  messages: {
    merge:
      'The pod names its users and groups, but its images may add further groups, which nobody sees in the manifest.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    if (!mergesGroupsOfImage(podSpec, version)) return;
    const policy = podSpec.securityContext.get('supplementalGroupsPolicy');
    report({
      at: policy,
      message: 'merge',
      fixes: () => [
        {
          fixClass: 'review',
          title: 'Set supplementalGroupsPolicy: Strict (check first that all nodes support it)',
          operations: [{ op: 'set', node: policy, value: 'Strict' }],
          isPreferred: true,
        },
      ],
    });
  },
});
