import type { ManifestNode } from '../../manifest/index.ts';
import type { ContainerKind } from './podSpec.ts';

/** The fields of a pod spec that hold containers, in the order in which these start. */
export const containerFields: readonly (readonly [field: string, kind: ContainerKind])[] = [
  ['initContainers', 'initContainer'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeralContainer'],
];

/** The lists of containers in a pod spec, missing ones too: for who has to know whether there may be more. */
export function containerLists(podSpec: ManifestNode): readonly ManifestNode[] {
  return containerFields.map(([field]) => podSpec.get(field));
}
