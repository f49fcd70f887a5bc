import type { ManifestNode } from '../../manifest/index.ts';

/** Whether two values are known and equal, to the last item and in the order of their keys. */
export function haveSameValue(a: ManifestNode, b: ManifestNode): boolean {
  return isKnownThroughout(a) && isKnownThroughout(b) && JSON.stringify(a.toJson()) === JSON.stringify(b.toJson());
}

/** Nothing in it is hidden, so that it is the plain JSON that `toJson` makes of it. */
export function isKnownThroughout(node: ManifestNode): boolean {
  if (node.isUnknown || !node.isComplete) return false;
  return [...node.items(), ...node.entries().map(({ value }) => value)].every(isKnownThroughout);
}
