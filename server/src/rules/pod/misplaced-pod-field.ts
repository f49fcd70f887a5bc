import { misplacedFields, relocationFixes } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/misplaced-pod-field',
  summary: 'Pod-only field placed in a container',
  severity: 'error',
  profile: 'guide',
  why:
    'Namespaces of the node, the service account, groups of volumes and sysctls belong to the pod as a whole; a container has no such ' +
    'fields. `kubectl` refuses the manifest, and clients that do not validate strictly drop the field without a word.',
  whenNot: 'There is no reason to keep it: Kubernetes never reads it there.',
  references: { urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'] },
  fixClass: 'review',
  reveals: [
    'pod/sysctls',
    'pod/run-as-root-group',
    'pod/supplemental-groups-policy',
    'pod/feature-gate-dropped-field',
    'pod/wrong-type-security-field',
  ],
  messages: {
    ofPod:
      'Container "{container}" has no field {field}, so it is refused or silently dropped; it takes effect in the pod spec only.',
    ofPodContext:
      'Container "{container}" has no field {field}, so it is refused or silently dropped; it takes effect in the pod\'s securityContext only.',
    misspelt:
      'Container "{container}" has no field {written}, so it is refused or silently dropped; {field} is probably meant, which only the pod has.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const misplaced of misplacedFields(podSpec)) {
      const { node, written, field, home, within, owner } = misplaced;
      if (within !== 'container' || (home.kind !== 'pod' && home.kind !== 'podSecurityContext')) continue;
      report({
        at: node.keyPlace,
        message: written !== field ? 'misspelt' : home.kind === 'pod' ? 'ofPod' : 'ofPodContext',
        args: { container: owner, field, written },
        fixes: () => relocationFixes(podSpec, misplaced),
      });
    }
  },
});
