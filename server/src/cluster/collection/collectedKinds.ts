/**
 * How much of a kind's objects is read.
 * - `objects`: whole, judged by the rules and asked by the checks
 * - `pods`: whole, folded to one for each controller while reading
 * - `metadata`: without spec and data, for owners and existence
 * - `table`: metadata, and the columns that kubectl prints, of objects that are large
 */
export type Reading = 'objects' | 'pods' | 'metadata' | 'table';

/** Whether rules can judge it, in whole objects or in what pods were folded to. */
export function isReadWhole({ reading }: CollectedKind): boolean {
  return reading === 'objects' || reading === 'pods';
}

export interface CollectedKind {
  /** API group; `''` is the core group. */
  readonly group: string;
  readonly kind: string;
  /** Plural. Kinds of custom resources may be served under another; then discovery's counts. */
  readonly resource: string;
  readonly isNamespaced: boolean;
  readonly reading: Reading;
  /** Not in the release as such: a cluster that does not serve it lacks nothing. */
  readonly isAddOn?: true;
  /** Stands for all kinds of its group (`kind` and `resource` are `*`), of which nobody knows before what they are called. */
  readonly isEveryKind?: true;
  /** Read only if the user says so. */
  readonly isOptIn?: true;
  /** Read only in this namespace. */
  readonly namespace?: string;
  /** Changes are counted while somebody looks: it is what the rules judge most, or says who may do what. */
  readonly isWatched?: true;
}

const namespaced = (group: string, kind: string, resource: string, reading: Reading = 'objects'): CollectedKind => ({
  group,
  kind,
  resource,
  isNamespaced: true,
  reading,
});
const clusterWide = (group: string, kind: string, resource: string): CollectedKind => ({
  group,
  kind,
  resource,
  isNamespaced: false,
  reading: 'objects',
});
/** Only whether there is one is asked. */
const metadataOf = (kind: CollectedKind): CollectedKind => ({ ...kind, reading: 'metadata' });
const addOn = (kind: CollectedKind): CollectedKind => ({ ...kind, isAddOn: true });
const watched = (kind: CollectedKind): CollectedKind => ({ ...kind, isWatched: true });

/**
 * Everything that is read from a cluster. Namespaces come first: they say where to look when a kind may not be listed
 * everywhere.
 */
export const collectedKinds: readonly CollectedKind[] = [
  clusterWide('', 'Namespace', 'namespaces'),
  namespaced('apps', 'ReplicaSet', 'replicasets', 'metadata'),
  namespaced('batch', 'Job', 'jobs'),
  namespaced('', 'Pod', 'pods', 'pods'),
  watched(namespaced('apps', 'Deployment', 'deployments')),
  watched(namespaced('apps', 'DaemonSet', 'daemonsets')),
  watched(namespaced('apps', 'StatefulSet', 'statefulsets')),
  watched(namespaced('batch', 'CronJob', 'cronjobs')),
  namespaced('', 'ReplicationController', 'replicationcontrollers'),
  watched(namespaced('networking.k8s.io', 'NetworkPolicy', 'networkpolicies')),
  namespaced('networking.k8s.io', 'Ingress', 'ingresses'),
  namespaced('', 'Service', 'services'),
  namespaced('', 'ServiceAccount', 'serviceaccounts'),
  namespaced('', 'ConfigMap', 'configmaps'),
  namespaced('', 'ResourceQuota', 'resourcequotas'),
  namespaced('', 'LimitRange', 'limitranges'),
  namespaced('policy', 'PodDisruptionBudget', 'poddisruptionbudgets'),
  namespaced('autoscaling', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
  namespaced('rbac.authorization.k8s.io', 'Role', 'roles'),
  watched(namespaced('rbac.authorization.k8s.io', 'RoleBinding', 'rolebindings')),
  clusterWide('rbac.authorization.k8s.io', 'ClusterRole', 'clusterroles'),
  watched(clusterWide('rbac.authorization.k8s.io', 'ClusterRoleBinding', 'clusterrolebindings')),
  clusterWide('', 'Node', 'nodes'),
  clusterWide('', 'PersistentVolume', 'persistentvolumes'),
  clusterWide('admissionregistration.k8s.io', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations'),
  clusterWide('admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations'),
  clusterWide('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies'),
  clusterWide('admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings'),
  clusterWide('apiregistration.k8s.io', 'APIService', 'apiservices'),
  { ...namespaced('coordination.k8s.io', 'Lease', 'leases', 'metadata'), namespace: 'kube-system' },
  { ...namespaced('', 'Secret', 'secrets', 'metadata'), isOptIn: true },
  addOn(namespaced('cilium.io', 'CiliumNetworkPolicy', 'ciliumnetworkpolicies')),
  addOn(clusterWide('cilium.io', 'CiliumClusterwideNetworkPolicy', 'ciliumclusterwidenetworkpolicies')),
  addOn(namespaced('crd.projectcalico.org', 'NetworkPolicy', 'networkpolicies')),
  addOn(clusterWide('crd.projectcalico.org', 'GlobalNetworkPolicy', 'globalnetworkpolicies')),
  addOn(metadataOf(namespaced('projectcalico.org', 'NetworkPolicy', 'networkpolicies'))),
  addOn(metadataOf(clusterWide('projectcalico.org', 'GlobalNetworkPolicy', 'globalnetworkpolicies'))),
  addOn(metadataOf(namespaced('crd.antrea.io', 'NetworkPolicy', 'networkpolicies'))),
  addOn(metadataOf(clusterWide('crd.antrea.io', 'ClusterNetworkPolicy', 'clusternetworkpolicies'))),
  addOn(metadataOf(namespaced('networking.k8s.aws', 'ApplicationNetworkPolicy', 'applicationnetworkpolicies'))),
  addOn(metadataOf(clusterWide('networking.k8s.aws', 'ClusterNetworkPolicy', 'clusternetworkpolicies'))),
  addOn(clusterWide('policy.networking.k8s.io', 'AdminNetworkPolicy', 'adminnetworkpolicies')),
  addOn(clusterWide('policy.networking.k8s.io', 'BaselineAdminNetworkPolicy', 'baselineadminnetworkpolicies')),
  addOn(clusterWide('policy.networking.k8s.io', 'ClusterNetworkPolicy', 'clusternetworkpolicies')),
  addOn(clusterWide('kyverno.io', 'ClusterPolicy', 'clusterpolicies')),
  addOn(namespaced('kyverno.io', 'Policy', 'policies')),
  addOn(clusterWide('policies.kyverno.io', 'ValidatingPolicy', 'validatingpolicies')),
  addOn(namespaced('policies.kyverno.io', 'NamespacedValidatingPolicy', 'namespacedvalidatingpolicies')),
  addOn(clusterWide('policies.kyverno.io', 'ImageValidatingPolicy', 'imagevalidatingpolicies')),
  addOn(namespaced('policies.kyverno.io', 'NamespacedImageValidatingPolicy', 'namespacedimagevalidatingpolicies')),
  addOn(clusterWide('policies.kubewarden.io', 'ClusterAdmissionPolicy', 'clusteradmissionpolicies')),
  addOn(namespaced('policies.kubewarden.io', 'AdmissionPolicy', 'admissionpolicies')),
  addOn(clusterWide('templates.gatekeeper.sh', 'ConstraintTemplate', 'constrainttemplates')),
  // Each template makes a kind of its own.
  { ...addOn(clusterWide('constraints.gatekeeper.sh', '*', '*')), isEveryKind: true },
  addOn(clusterWide('policy.sigstore.dev', 'ClusterImagePolicy', 'clusterimagepolicies')),
  { ...addOn(namespaced('aquasecurity.github.io', 'VulnerabilityReport', 'vulnerabilityreports')), reading: 'table' },
  addOn(clusterWide('config.openshift.io', 'APIServer', 'apiservers')),
  addOn(clusterWide('config.openshift.io', 'Image', 'images')),
  addOn(clusterWide('config.openshift.io', 'ClusterImagePolicy', 'clusterimagepolicies')),
  addOn(namespaced('config.openshift.io', 'ImagePolicy', 'imagepolicies')),
];
