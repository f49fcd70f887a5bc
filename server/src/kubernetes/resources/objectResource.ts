import { objectDocument } from '../../manifest/index.ts';
import { readResources } from './readResources.ts';
import type { Resource } from './resource.ts';
import type { RawObject } from './serverDefaults.ts';

/**
 * A live object as a resource.
 *
 * @param object with `apiVersion` and `kind`, which lists leave out of their items
 * @throws TypeError for an object without them
 */
export function objectResource(object: RawObject): Resource {
  const resource = readResources(objectDocument(object))[0];
  if (resource === undefined) throw new TypeError('The object names no apiVersion and kind.');
  return resource;
}
