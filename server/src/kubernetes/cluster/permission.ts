/** A right in the words of a ClusterRole, so that asking for it is a matter of copying. */
export type Permission =
  | {
      readonly kind: 'resource';
      /** `''` is the core group. */
      readonly group: string;
      /** Plural, e.g. `networkpolicies`. */
      readonly resource: string;
      readonly verbs: readonly ('list' | 'get' | 'watch')[];
      /** Undefined: in all namespaces. */
      readonly namespace?: string;
    }
  | { readonly kind: 'url'; readonly path: string };

/** A permission in words: `list networkpolicies.networking.k8s.io`, `get /metrics`. */
export function describePermission(permission: Permission): string {
  if (permission.kind === 'url') return `get ${permission.path}`;
  const { group, resource, verbs, namespace } = permission;
  const name = group === '' ? resource : `${resource}.${group}`;
  return `${verbs.join(', ')} ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}
