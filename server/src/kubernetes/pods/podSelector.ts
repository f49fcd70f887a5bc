import type { ManifestNode } from '../../manifest/index.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import { readLabelSelector, selectorMatches } from '../resources/labelSelector.ts';
import { stringMap } from '../resources/readResources.ts';
import type { Resource } from '../resources/resource.ts';
import { podSpecsOf } from './podTemplates.ts';
import { kindsWithLabelMap, replicatingKinds } from './replicatingKinds.ts';

/**
 * The selector of a workload if it does not select the pods of the workload's own template, which the API server refuses;
 * undefined if it does, if there is none, and if that cannot be told.
 */
export function strangeSelector(resource: Resource): ManifestNode | undefined {
  if (!replicatingKinds.some((kind) => matchesGroupKind(resource, kind))) return undefined;
  const selector = resource.spec.get('selector');
  const labels = podSpecsOf(resource)[0]?.metadata.get('labels');
  if (labels === undefined || !selector.isKnown || hasUnknown(selector) || hasUnknown(labels)) return undefined;
  const isPlain = kindsWithLabelMap.some((kind) => matchesGroupKind(resource, kind));
  const wanted = isPlain
    ? { matchLabels: Object.fromEntries(stringMap(selector)), matchExpressions: [] }
    : readLabelSelector(selector);
  return selectorMatches(wanted, Object.fromEntries(stringMap(labels))) ? undefined : selector;
}

function hasUnknown(node: ManifestNode): boolean {
  if (node.isUnknown || !node.isComplete) return true;
  return [...node.entries().map(({ value }) => value), ...node.items()].some(hasUnknown);
}
