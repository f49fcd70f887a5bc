import type { KubernetesVersion, Resource } from '../../kubernetes/index.ts';
import type { FixOperation, ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'rbac/cluster-admin-binding',
  summary: 'Binding to cluster-admin',
  severity: 'error',
  profile: 'guide',
  guide: 2,
  why:
    'cluster-admin may do everything: read every Secret, run pods on every node, give itself and others any right. ' +
    'Whoever gets hold of one of its subjects, a leaked token of a ServiceAccount say, owns what the binding covers.',
  whenNot: 'A break-glass binding for a group of administrators, guarded elsewhere; suppress it with that reason.',
  references: {
    cis: ['5.1.1'],
    nsa: true,
    peers: [
      'C-0035',
      'C-0185',
      'C-0272',
      'KICS:Cluster Admin Rolebinding With Superuser Permissions',
      'KL:cluster-admin-role-binding',
      'KSV-0111',
      'PO:clusterrolebindingClusterAdmin',
      'PO:rolebindingClusterAdminClusterRole',
      'PO:rolebindingClusterAdminRole',
    ],
    urls: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles'],
  },
  fixClass: 'input',
  messages: {
    cluster: '{kind} "{binding}" gives {subjects} full control of the cluster, every Secret and node included.',
    namespace: '{kind} "{binding}" gives {subjects} full control of its namespace, every Secret in it included.',
  },
  subject: 'resource',
  kinds: ['ClusterRoleBinding.rbac.authorization.k8s.io', 'RoleBinding.rbac.authorization.k8s.io'],
  judge(binding, report, { version }) {
    const roleRef = binding.node.get('roleRef');
    if (roleRef.get('kind').string !== 'ClusterRole' || roleRef.get('name').string !== 'cluster-admin') return;
    const isClusterWide = binding.kind === 'ClusterRoleBinding';
    if (isClusterWide && isBuiltIn(binding, version)) return;
    report({
      at: roleRef.get('name'),
      message: isClusterWide ? 'cluster' : 'namespace',
      args: { kind: binding.kind, binding: binding.name, subjects: subjectsOf(binding) },
      // In a live cluster `system:*` bindings come from the distribution; a manifest may call itself anything.
      ...(binding.document.form === 'object' && binding.name.startsWith('system:') ? { severity: 'info' } : {}),
      fixes: () => ['view', 'edit'].map((role) => bindToRole(binding, role)),
    });
  },
});

/** What every cluster has: the bootstrap policy's binding, and kubeadm's group of administrators from 1.29 on. */
function isBuiltIn(binding: Resource, version: KubernetesVersion): boolean {
  const subjects = binding.node.get('subjects').items();
  const [only] = subjects;
  if (only === undefined || subjects.length > 1 || only.get('kind').string !== 'Group') return false;
  const group = only.get('name').string;
  if (binding.name === 'cluster-admin') return group === 'system:masters';
  return binding.name === 'kubeadm:cluster-admins' && group === binding.name && version.minor >= 29;
}

function subjectsOf(binding: Resource): string {
  const subjects = binding.node.get('subjects').items();
  const [first] = subjects;
  if (first === undefined) return 'its subjects';
  const name = `${first.get('kind').string ?? 'subject'} "${first.get('name').string ?? '?'}"`;
  return subjects.length === 1 ? name : `${name} and ${subjects.length - 1} more`;
}

/**
 * The same subjects bound to a smaller role in one namespace. It gets a new name, because the API server refuses to
 * change the roleRef of a binding that exists (422).
 */
function bindToRole(binding: Resource, role: string): Fix {
  const namespace = binding.namespace === '' ? namespaceOfSubjects(binding) : binding.namespace;
  const operations: FixOperation[] = [
    { op: 'set', node: binding.node.get('kind'), value: 'RoleBinding' },
    { op: 'set', node: binding.metadata.get('name'), value: `${binding.name}-${role}` },
    { op: 'set', node: binding.node.get('roleRef', 'name'), value: role },
  ];
  if (binding.kind === 'ClusterRoleBinding') {
    operations.push({ op: 'set', node: binding.metadata.get('namespace'), value: namespace });
  }
  return {
    fixClass: 'input',
    title: `Bind to "${role}" in namespace "${namespace}" under a new name (delete "${binding.name}" in the cluster once that works)`,
    operations: operations.filter((operation) => operation.op !== 'set' || differs(operation.node, operation.value)),
  };
}

function differs(node: ManifestNode, value: unknown): boolean {
  return node.scalar !== value;
}

function namespaceOfSubjects(binding: Resource): string {
  const [first] = binding.node.get('subjects').items();
  return first?.get('namespace').string ?? 'namespace-to-choose';
}
