import { lowIds, raiseId } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/run-as-low-uid',
  summary: 'UID below 10000',
  severity: 'info',
  profile: 'all',
  why:
    'Ids are the same on the node: unless the pod has a user namespace, a process of user 1000 in it counts as user 1000 of the node ' +
    'once it gets out or reaches a volume of the node. Ids from 10000 on belong to nobody there. What the manifest does not say the image decides.',
  whenNot:
    'Where the image or its volumes belong to a certain user, and on clusters that assign ids themselves, as OpenShift does.',
  references: {
    peers: [
      'CKV_K8S_40',
      'KICS:Container Running With Low UID',
      'KS:container-security-context-user-group-id',
      'KSEC:RunAsUser',
      'KSV-0020',
      'SNYK-CC-K8S-11',
    ],
  },
  fixClass: 'review',
  reveals: ['pod/supplemental-groups-policy'],
  messages: {
    unset: 'Container "{container}" leaves its user to the image, so it may be one that the node has as well.',
    ofContainer: 'Container "{container}" runs as user {id}, which the node may have as well.',
    ofPod: 'The pod runs its containers as user {id}, which the node may have as well.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const id of lowIds(podSpec, 'runAsUser', version)) {
      const { node, origin, container } = id;
      report({
        at: node,
        message: origin === 'unset' ? 'unset' : origin === 'pod' ? 'ofPod' : 'ofContainer',
        args: { container: container.name, id: node.number ?? '' },
        fixes: () => [raiseId(id, 'runAsUser')],
      });
    }
  },
});
