import type { Resource, ResourceIdentity } from './resource.ts';

/** What names a resource, and nothing of what it holds. */
export function resourceIdentity({ group, version, kind, namespace, name }: Resource): ResourceIdentity {
  return { group, version, kind, namespace, name };
}
