import {
  fieldEffect,
  isWindowsPod,
  knownFields,
  type PodSpec,
  refusesNoPrivilegeEscalation,
} from '../../kubernetes/index.ts';
import type { FixOperation, FixValue, ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Fields of a container's securityContext that the pod's does not have. */
const ofPods = knownFields('PodSecurityContext');
const containerOnly = knownFields('SecurityContext').filter((field) => !ofPods.includes(field));

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
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const entry of podSpec.securityContext.entries()) {
      const field = containerOnly.find((name) => name === entry.key);
      if (field === undefined) continue;
      report({
        at: entry.value.keyPlace,
        message: 'misplaced',
        args: { field },
        fixes: () => fixesOf(podSpec, field, entry.value),
      });
    }
  },
});

function fixesOf(podSpec: PodSpec, field: string, value: ManifestNode): readonly Fix[] {
  const removal: FixOperation = { op: 'remove', node: value };
  const remove = (fixClass: 'safe' | 'review', title: string): readonly Fix[] => [
    { fixClass, title, operations: [removal], isPreferred: true },
  ];
  if (value.isNull || isWindowsPod(podSpec)) return remove('safe', `Remove ${field}, which has no effect here`);
  if (fieldEffect(field, value) !== 'hardens') {
    return value.isUnknown
      ? []
      : remove('review', `Remove ${field}, which has no effect here (check first what it was meant for)`);
  }
  // Hardening values are known to the last item, so this is plain JSON.
  const json = value.toJson() as FixValue;
  const targets = podSpec.containers.map((container) => container.securityContext.get(field));
  if (!knowsAllContainers(podSpec) || targets.some((target) => target.isUnknown)) return [];
  const moves = podSpec.containers
    .filter((container) => !(field === 'allowPrivilegeEscalation' && refusesNoPrivilegeEscalation(container)))
    .map((container) => container.securityContext.get(field))
    .filter((target) => target.isMissing)
    .map((node): FixOperation => ({ op: 'set', node, value: json }));
  if (moves.length === 0) return remove('safe', `Remove ${field}, which has no effect here`);
  const title = `Move ${field} to the containers' securityContext`;
  return [{ fixClass: 'safe', title, operations: [...moves, removal], isPreferred: true }];
}

/** No container is hidden behind a template action, where the moved field would be lost. */
function knowsAllContainers(podSpec: PodSpec): boolean {
  const lists = ['initContainers', 'containers', 'ephemeralContainers'].map((key) => podSpec.node.get(key));
  return lists.every(
    (list) => list.isMissing || (list.isKnown && list.isComplete && list.items().every((item) => item.isComplete)),
  );
}
