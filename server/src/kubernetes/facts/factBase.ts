import type { ManifestPath } from '../../manifest/index.ts';
import type { Resource, ResourceIdentity } from '../resources/resource.ts';

/** Identity and path, which every fact has. */
export function factBase(resource: Resource): { readonly identity: ResourceIdentity; readonly path: ManifestPath } {
  const { group, version, kind, namespace, name, node } = resource;
  return { identity: { group, version, kind, namespace, name }, path: node.path };
}
