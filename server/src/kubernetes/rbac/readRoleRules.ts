import { matchesGroupKind } from '../resources/groupKind.ts';
import type { Resource } from '../resources/resource.ts';
import type { RoleRule } from './roleRule.ts';

const roleKinds = ['Role.rbac.authorization.k8s.io', 'ClusterRole.rbac.authorization.k8s.io'];

/** The rules of a Role or ClusterRole, in order; empty for any other kind. */
export function roleRulesOf(resource: Resource): readonly RoleRule[] {
  if (!roleKinds.some((kind) => matchesGroupKind(resource, kind))) return [];
  return resource.node
    .get('rules')
    .items()
    .filter((node) => node.type === 'map')
    .map((node) => ({
      resource,
      node,
      verbs: node.get('verbs'),
      apiGroups: node.get('apiGroups'),
      resources: node.get('resources'),
      resourceNames: node.get('resourceNames'),
      nonResourceURLs: node.get('nonResourceURLs'),
    }));
}
