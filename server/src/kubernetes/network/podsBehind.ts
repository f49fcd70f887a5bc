import type { PodGroup } from '../cluster/clusterEvidence.ts';
import { perPodLabels } from '../cluster/perPodLabels.ts';
import type { Resource } from '../resources/resource.ts';

/**
 * The running pods that a Service leads to; undefined where that cannot be told: without a selector somebody writes the
 * endpoints by hand, and pods are not known by the labels of one alone.
 */
export function podsBehind({ spec, namespace }: Resource, pods: readonly PodGroup[]): readonly PodGroup[] | undefined {
  const selector = spec.get('selector').entries();
  if (selector.length === 0 || selector.some(({ key }) => perPodLabels.has(key))) return undefined;
  return pods.filter(
    (group) => group.namespace === namespace && selector.every(({ key, value }) => group.labels[key] === value.string),
  );
}
