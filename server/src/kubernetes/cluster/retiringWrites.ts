import { apiLifecycleOf } from '../apiLifecycle/apiLifecycle.ts';
import { parseApiVersion } from '../resources/apiVersion.ts';
import type { ResourceIdentity } from '../resources/resource.ts';
import type { RawObject } from '../resources/serverDefaults.ts';
import { asObject, asString } from '../values/json.ts';

/** Somebody has written an object in an API version that a release of Kubernetes no longer serves. */
export interface RetiringWrite {
  readonly object: ResourceIdentity;
  /** `policy/v1beta1` */
  readonly apiVersion: string;
  /** Who wrote: `helm`, `kubectl-client-side-apply`. */
  readonly manager: string;
  /** ISO 8601; undefined where the server recorded none. */
  readonly time: string | undefined;
  /** The first minor version without the API version. */
  readonly removed: number;
}

/**
 * The entries of `metadata.managedFields` that name a version other than the one that was read, as far as that has an
 * end. An entry stays until the same manager writes again, so that it tells of the last time and not of today.
 */
export function retiringWrites(object: RawObject): readonly RetiringWrite[] {
  const metadata = asObject(object.metadata);
  const { managedFields } = metadata;
  const kind = asString(object.kind) ?? '';
  if (!Array.isArray(managedFields)) return [];
  return managedFields.map(asObject).flatMap(({ apiVersion, manager, time }): readonly RetiringWrite[] => {
    if (typeof apiVersion !== 'string' || apiVersion === object.apiVersion) return [];
    const removed = apiLifecycleOf(apiVersion, kind)?.removed;
    if (removed === undefined) return [];
    return [
      {
        object: {
          ...parseApiVersion(asString(object.apiVersion) ?? ''),
          kind,
          namespace: asString(metadata.namespace) ?? '',
          name: asString(metadata.name) ?? '',
        },
        apiVersion,
        manager: asString(manager) ?? '',
        time: asString(time),
        removed,
      },
    ];
  });
}
