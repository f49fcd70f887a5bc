import type { ManifestNode, Place } from '../manifest/index.ts';
import type { Container } from './pods/podSpec.ts';

/**
 * Where a finding about a node belongs: the characters of its value if that is a scalar, its key if it is a map or list
 * or nothing is there; for what is missing the key of the nearest ancestor that is written. In a list, which has no keys,
 * an item goes by its `name`, else by its first key; the document itself by `metadata.name`, else by its `kind`. An exact
 * place stays what it is.
 */
export function findingPlace(at: ManifestNode | Place): Place {
  if (!('nearestExisting' in at)) return at;
  const existing = at.nearestExisting;
  if (existing.scalar !== undefined) return existing.place;
  if (typeof existing.path.at(-1) === 'string') return existing.keyPlace;
  const name = existing.get('name');
  if (name.scalar !== undefined && existing.parent !== undefined) return name.place;
  return objectPlace(existing);
}

/** A document, or an object in a List. */
function objectPlace(object: ManifestNode): Place {
  const name = object.get('metadata', 'name');
  if (name.scalar !== undefined) return name.place;
  const kind = object.get('kind');
  if (kind.scalar !== undefined) return kind.place;
  return object.entries()[0]?.value.keyPlace ?? object.place;
}

/**
 * The node for a finding about a field of a container's securityContext, or of the field's own sub-fields: the deepest
 * one that is written, else the securityContext, else the container's name. Hand it to a report as it is.
 */
export function securityContextNode(container: Container, ...path: readonly string[]): ManifestNode {
  const existing = container.securityContext.get(...path).nearestExisting;
  if (existing.path.length >= container.node.path.length + 1) return existing;
  const name = container.node.get('name');
  return name.isKnown ? name : container.node;
}
