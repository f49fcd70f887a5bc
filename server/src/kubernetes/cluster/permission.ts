import { inEnglish, phrase, type Words } from '../../sentences/index.ts';

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

/** In the words of a ClusterRole, which are the same in every language: `list networkpolicies.networking.k8s.io`, `get /metrics`. */
export function permissionWords(permission: Permission): Words {
  if (permission.kind === 'url') return `get ${permission.path}`;
  const { group, resource, verbs, namespace } = permission;
  const right = `${verbs.join(', ')} ${group === '' ? resource : `${resource}.${group}`}`;
  return namespace === undefined ? right : phrase('{right} in namespace {namespace}', { right, namespace });
}

/** The same in English: `list pods in namespace shop`. */
export function describePermission(permission: Permission): string {
  return inEnglish(permissionWords(permission));
}
