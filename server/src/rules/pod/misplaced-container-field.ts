import { misplacedFields, relocationFixes } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/misplaced-container-field',
  summary: 'Container-only field placed in the pod securityContext',
  severity: 'error',
  profile: 'guide',
  why:
    "The pod's `securityContext` does not have this field; only a container's does. `kubectl` refuses the manifest, and clients that " +
    'do not validate strictly drop the field without a word, so that what looks hardened is not.',
  whenNot: 'There is no reason to keep it: Kubernetes never reads it there.',
  references: { urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'] },
  fixClass: 'safe',
  reveals: ['pod/capabilities-spelling'],
  messages: {
    misplaced:
      "The pod's securityContext has no field {field}, so it is refused or silently dropped; it takes effect in the securityContext of a container only.",
    misspelt:
      "The pod's securityContext has no field {written}, so it is refused or silently dropped; {field} is probably meant, which only a container's securityContext has.",
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const misplaced of misplacedFields(podSpec)) {
      const { node, written, field, home, within } = misplaced;
      if (within !== 'podSecurityContext' || home.kind !== 'everyContainer') continue;
      report({
        at: node.keyPlace,
        message: written === field ? 'misplaced' : 'misspelt',
        args: { field, written },
        fixes: () => relocationFixes(podSpec, misplaced),
      });
    }
  },
});
