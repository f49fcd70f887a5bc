import { type ClusterEvidence, EffectivePermissions, type Seen, type Unseen } from '../../../kubernetes/index.ts';
import { mayList, unseenOf } from '../outcomes.ts';

export const rbacNeeds = ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map((resource) =>
  mayList('rbac.authorization.k8s.io', resource),
);

/** What everybody may do, or what of it could not be read. */
export function permissionsIn(
  evidence: ClusterEvidence,
):
  | { readonly permissions: EffectivePermissions; readonly lists: readonly Seen<unknown>[] }
  | { readonly unseen: readonly Unseen[] } {
  const of = (kind: string) => evidence.resources(`${kind}.rbac.authorization.k8s.io`);
  const [roles, clusterRoles] = [of('Role'), of('ClusterRole')];
  const [roleBindings, clusterRoleBindings] = [of('RoleBinding'), of('ClusterRoleBinding')];
  if (
    roles.kind === 'unseen' ||
    clusterRoles.kind === 'unseen' ||
    roleBindings.kind === 'unseen' ||
    clusterRoleBindings.kind === 'unseen'
  ) {
    return { unseen: unseenOf(roles, clusterRoles, roleBindings, clusterRoleBindings) };
  }
  return {
    lists: [roles, clusterRoles, roleBindings, clusterRoleBindings],
    permissions: new EffectivePermissions({
      roles: roles.value,
      clusterRoles: clusterRoles.value,
      roleBindings: roleBindings.value,
      clusterRoleBindings: clusterRoleBindings.value,
    }),
  };
}
