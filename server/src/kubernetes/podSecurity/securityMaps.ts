import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { type FieldPlace, placeOfField } from './knownFields.ts';
import { meantField } from './misspeltField.ts';
import { isSecurityPlace } from './securityPlaces.ts';

/** A map whose fields are known, and what it is. */
export interface SecurityMap {
  readonly place: FieldPlace;
  readonly node: ManifestNode;
}

/**
 * The pod spec, its security contexts, containers, volumes and mounts, and the parts of these; those under a misspelt
 * key too.
 */
export function securityMaps(podSpec: PodSpec): readonly SecurityMap[] {
  let maps = foundIn.get(podSpec);
  if (maps === undefined) {
    const found: SecurityMap[] = [];
    collect('PodSpec', podSpec.node, securityPlaceBelow, found);
    foundIn.set(podSpec, found);
    maps = found;
  }
  return maps;
}

/** Misspelt fields and wrong types are both looked for in them. */
const foundIn = new WeakMap<PodSpec, readonly SecurityMap[]>();

function securityPlaceBelow(place: FieldPlace, key: string): FieldPlace | undefined {
  const below = placeOfField(place, meantField(place, key) ?? key);
  return below !== undefined && isSecurityPlace(below) ? below : undefined;
}

/** Every map of a pod spec whose fields are known: probes, affinities and their like too. */
export function fieldMaps(podSpec: PodSpec): readonly SecurityMap[] {
  const maps: SecurityMap[] = [];
  collect('PodSpec', podSpec.node, placeOfField, maps);
  return maps;
}

function collect(
  place: FieldPlace,
  node: ManifestNode,
  placeBelow: (place: FieldPlace, key: string) => FieldPlace | undefined,
  into: SecurityMap[],
): void {
  if (node.type === 'list') for (const item of node.items()) collect(place, item, placeBelow, into);
  if (node.type !== 'map') return;
  into.push({ place, node });
  for (const { key, value } of node.entries()) {
    const below = placeBelow(place, key);
    if (below !== undefined) collect(below, value, placeBelow, into);
  }
}
