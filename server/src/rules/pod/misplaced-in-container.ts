import { type MisplacedField, misplacedFields, relocationFixes } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/misplaced-in-container',
  summary: 'Security field outside the securityContext or pod spec that it belongs to',
  severity: 'error',
  profile: 'guide',
  why:
    "A field counts only in its own map: a container's or the pod's `securityContext`, or the spec of the pod template. Anywhere " +
    'else `kubectl` refuses the manifest, and clients that do not validate strictly drop the field without a word, so that what looks ' +
    'hardened is not. An annotation of the same name is kept, and read by nobody.',
  whenNot: 'Where an admission controller of your own reads the annotation.',
  references: { urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'] },
  fixClass: 'safe',
  reveals: [
    'pod/capabilities-spelling',
    'pod/wrong-type-security-field',
    'pod/run-as-root-contradiction',
    'pod/seccomp-localhost-profile',
    'pod/supplemental-groups-policy',
    'pod/feature-gate-dropped-field',
    'pod/run-as-root-group',
    'pod/sysctls',
  ],
  messages: {
    container:
      'Container "{container}" has {field} outside its place in the securityContext, so it is refused or silently dropped.',
    context:
      'Container "{container}" has a securityContext inside another field, where it is refused or silently dropped.',
    pod: 'The pod has {field} outside its place in the securityContext, so it is refused or silently dropped.',
    podContext:
      "The pod's securityContext has no field {field}, so it is refused or silently dropped; it takes effect in the pod spec only.",
    inside: '{field} stands inside another field of the pod, where it is refused or silently dropped.',
    volume: 'Volume "{volume}" has no field {field} here, so it is refused or silently dropped, and nothing gets it.',
    workload: '{field} stands outside the spec of the pod, where it is refused or silently dropped, so no pod gets it.',
    annotation: 'Nothing reads the annotation {written}; only the field {field} takes effect.',
    misspelt:
      'Kubernetes has no field {written} here, so it is refused or silently dropped; {field} is probably meant, which belongs elsewhere.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const misplaced of misplacedFields(podSpec)) {
      const { node, written, field, within, owner } = misplaced;
      const message = messageFor(misplaced);
      if (message === undefined) continue;
      report({
        at: node.keyPlace,
        message,
        args: { container: owner, volume: owner, field, written },
        // The API server keeps annotations of any name.
        ...(within === 'annotation' ? { severity: 'warning' } : {}),
        fixes: () => relocationFixes(podSpec, misplaced),
      });
    }
  },
});

type MessageKey =
  | 'container'
  | 'context'
  | 'pod'
  | 'podContext'
  | 'inside'
  | 'volume'
  | 'workload'
  | 'annotation'
  | 'misspelt';

/** Undefined for what other rules report: fields of one kind of securityContext in the other. */
function messageFor({ written, field, home, within }: MisplacedField): MessageKey | undefined {
  const isOfContainer = home.kind === 'container' || home.kind === 'containerSecurityContext';
  if (within === 'container' && !isOfContainer) return undefined;
  if (within === 'podSecurityContext' && home.kind === 'everyContainer') return undefined;
  if (within === 'annotation') return 'annotation';
  if (written !== field) return 'misspelt';
  if (within === 'container') return home.kind === 'container' ? 'context' : 'container';
  if (within === 'podSecurityContext') return 'podContext';
  return within === 'pod' && home.kind === 'pod' ? 'inside' : within;
}
