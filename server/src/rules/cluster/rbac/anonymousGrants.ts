import { type Resource, resourceIdentity } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const needs = [
  mayList('rbac.authorization.k8s.io', 'rolebindings'),
  mayList('rbac.authorization.k8s.io', 'clusterrolebindings'),
];

export const anonymousGrants: ClusterCheck = {
  id: 'rbac/anonymous-grants',
  guide: 2,
  summary: 'Nothing is granted to callers without credentials',
  evidence: 'all bindings',
  severity: 'error',
  why: 'What is bound to `system:anonymous` or `system:unauthenticated` is open to everybody who reaches the API server.',
  references: ['CIS 5.1.12', 'C-0262'],
  needs,
  judge(evidence) {
    const ofCluster = evidence.resources('ClusterRoleBinding.rbac.authorization.k8s.io');
    const ofNamespaces = evidence.resources('RoleBinding.rbac.authorization.k8s.io');
    if (ofCluster.kind === 'unseen' || ofNamespaces.kind === 'unseen')
      return unseenOutcome(...unseenOf(ofCluster, ofNamespaces));
    const failures = [...ofCluster.value, ...ofNamespaces.value]
      .filter(bindsAnonymous)
      .filter((binding) => !isKnown(binding));
    if (failures.length > 0) return fail(...failures.map(failureOf));
    const because = sentence('Anonymous callers have nothing but what Kubernetes itself gives them.');
    return passIfAllRead(because, needs, ofCluster, ofNamespaces);
  },
};

function bindsAnonymous(binding: Resource): boolean {
  return binding.node
    .get('subjects')
    .items()
    .some((subject) => /^system:(?:anonymous|unauthenticated)$/.test(subject.get('name').string ?? ''));
}

/** The bootstrap role of /version and health checks, and the ConfigMap by which `kubeadm join` finds the cluster. */
function isKnown({ kind, namespace, name }: Resource): boolean {
  if (kind === 'ClusterRoleBinding') return name === 'system:public-info-viewer';
  return namespace === 'kube-public' && name === 'kubeadm:bootstrap-signer-clusterinfo';
}

function failureOf(binding: Resource): CheckFailure {
  const { kind, namespace, name, node } = binding;
  const role = node.get('roleRef', 'name').string ?? '';
  const message =
    namespace === ''
      ? sentence('{kind} {name} gives callers without credentials the role {role} in the whole cluster.', {
          kind,
          name,
          role,
        })
      : sentence('{kind} {name} gives callers without credentials the role {role} in namespace {namespace}.', {
          kind,
          name,
          role,
          namespace,
        });
  return {
    message,
    object: resourceIdentity(binding),
  };
}
