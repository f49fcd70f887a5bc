import type { RawObject, ResourceIdentity } from '../../kubernetes/index.ts';
import { asObject, asStrings } from '../collection/json.ts';

/** Namespaces of Kubernetes itself and of the distributions that keep theirs apart. */
const systemNamespace =
  /^(?:kube-(?:system|public|node-lease|flannel)|openshift(?:-.*)?|calico-(?:system|apiserver)|tigera-operator|gke-.*|gmp-.*|azure-.*|amazon-.*|local-path-storage)$/;

/**
 * Whether an object comes with Kubernetes or its distribution. Bootstrap roles carry a label of their own
 * (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go); kubeadm names what it binds.
 */
export function isSystemObject(identity: ResourceIdentity, object: RawObject): boolean {
  if (systemNamespace.test(identity.namespace)) return true;
  if (identity.kind === 'Namespace') return systemNamespace.test(identity.name);
  if (identity.namespace !== '') return false;
  const labels = asStrings(asObject(object.metadata).labels);
  return labels['kubernetes.io/bootstrapping'] === 'rbac-defaults' || /^(?:system|kubeadm):/.test(identity.name);
}
