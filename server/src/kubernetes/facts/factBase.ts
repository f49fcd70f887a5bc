import type { ManifestPath } from '../../manifest/index.ts';
import type { Resource, ResourceIdentity } from '../resources/resource.ts';
import { resourceIdentity } from '../resources/resourceIdentity.ts';

/** Identity and path, which every fact has. */
export function factBase(resource: Resource): { readonly identity: ResourceIdentity; readonly path: ManifestPath } {
  return { identity: resourceIdentity(resource), path: resource.node.path };
}
