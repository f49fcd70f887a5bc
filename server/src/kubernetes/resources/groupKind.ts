import type { GroupKind, Resource } from './resource.ts';

/** Splits `'NetworkPolicy.networking.k8s.io'` into kind and group (`''` for the core group). */
export function parseGroupKind(groupKind: GroupKind): { readonly kind: string; readonly group: string } {
  const dot = groupKind.indexOf('.');
  if (dot < 0) return { kind: groupKind, group: '' };
  return { kind: groupKind.slice(0, dot), group: groupKind.slice(dot + 1) };
}

/** The kind as a {@link GroupKind}: `'Pod'`, `'Deployment.apps'`. */
export function groupKindOf(resource: Resource): GroupKind {
  return resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
}

/**
 * Whether the resource is of that kind, in any version. Where the API version cannot be read (a Helm action stands
 * there) the kind alone decides: charts often choose between versions of one group.
 */
export function matchesGroupKind(resource: Resource, groupKind: GroupKind): boolean {
  if (!groupKind.startsWith(resource.kind) || resource.kind === '') return false;
  if (groupKindOf(resource) === groupKind) return true;
  return parseGroupKind(groupKind).kind === resource.kind && hasUnreadableApiVersion(resource);
}

/** The API version is there but cannot be told from the text. */
export function hasUnreadableApiVersion(resource: Resource): boolean {
  return resource.apiVersion === '' && resource.node.get('apiVersion').isUnknown;
}
