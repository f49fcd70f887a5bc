import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../podSpec.ts';
import { type FieldPlace, placeOfField } from './knownFields.ts';

/** A map whose fields are known, and what it is. */
export interface SecurityMap {
  readonly place: FieldPlace;
  readonly node: ManifestNode;
}

const securityPlaces: readonly FieldPlace[] = [
  ...(['PodSpec', 'Container', 'EphemeralContainer', 'PodSecurityContext', 'SecurityContext', 'Capabilities'] as const),
  ...(['SeccompProfile', 'AppArmorProfile', 'SELinuxOptions', 'WindowsSecurityContextOptions', 'Sysctl'] as const),
  ...(['Volume', 'VolumeMount', 'VolumeProjection'] as const),
];

/** Where in a pod security is decided: not in probes, affinities and their like. */
export function isSecurityPlace(place: FieldPlace): boolean {
  return securityPlaces.includes(place) || /Volume(?:Source|File)$|Projection$/.test(place);
}

/** The pod spec, its security contexts, containers, volumes and mounts, and the parts of these. */
export function securityMaps(podSpec: PodSpec): readonly SecurityMap[] {
  const maps: SecurityMap[] = [];
  collect('PodSpec', podSpec.node, isSecurityPlace, maps);
  return maps;
}

/** Every map of a pod spec whose fields are known: probes, affinities and their like too. */
export function fieldMaps(podSpec: PodSpec): readonly SecurityMap[] {
  const maps: SecurityMap[] = [];
  collect('PodSpec', podSpec.node, () => true, maps);
  return maps;
}

function collect(
  place: FieldPlace,
  node: ManifestNode,
  isWanted: (place: FieldPlace) => boolean,
  into: SecurityMap[],
): void {
  if (node.type === 'list') for (const item of node.items()) collect(place, item, isWanted, into);
  if (node.type !== 'map') return;
  into.push({ place, node });
  for (const { key, value } of node.entries()) {
    const below = placeOfField(place, key);
    if (below !== undefined && isWanted(below)) collect(below, value, isWanted, into);
  }
}
