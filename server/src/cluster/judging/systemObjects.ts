import {
  asObject,
  asStrings,
  isSystemNamespace,
  type RawObject,
  type ResourceIdentity,
} from '../../kubernetes/index.ts';

/**
 * Whether an object comes with Kubernetes or its distribution. Bootstrap roles carry a label of their own
 * (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go); kubeadm names what it binds.
 */
export function isSystemObject(identity: ResourceIdentity, object: RawObject): boolean {
  if (isSystemNamespace(identity.namespace)) return true;
  if (identity.kind === 'Namespace') return isSystemNamespace(identity.name);
  if (identity.namespace !== '') return false;
  const labels = asStrings(asObject(object.metadata).labels);
  return labels['kubernetes.io/bootstrapping'] === 'rbac-defaults' || /^(?:system|kubeadm):/.test(identity.name);
}
