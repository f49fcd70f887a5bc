import type { GroupKind } from './resource.ts';

/**
 * Built-in kinds without a namespace: the types marked `+genclient:nonNamespaced` in k8s.io/api v0.37, those of older
 * releases that manifests still name, CustomResourceDefinition and APIService; and the cluster-wide policies of
 * Cilium, Calico and the network policy working group.
 */
const clusterScopedKinds: ReadonlySet<GroupKind> = new Set([
  'ComponentStatus',
  'Namespace',
  'Node',
  'PersistentVolume',
  'APIService.apiregistration.k8s.io',
  'CertificateSigningRequest.certificates.k8s.io',
  'ClusterTrustBundle.certificates.k8s.io',
  'ClusterRole.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
  'CSIDriver.storage.k8s.io',
  'CSINode.storage.k8s.io',
  'CustomResourceDefinition.apiextensions.k8s.io',
  'DeviceClass.resource.k8s.io',
  'DeviceTaintRule.resource.k8s.io',
  'ResourceSlice.resource.k8s.io',
  'FlowSchema.flowcontrol.apiserver.k8s.io',
  'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io',
  'IngressClass.networking.k8s.io',
  'IPAddress.networking.k8s.io',
  'ServiceCIDR.networking.k8s.io',
  'MutatingAdmissionPolicy.admissionregistration.k8s.io',
  'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io',
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
  'PodSecurityPolicy.policy',
  'PriorityClass.scheduling.k8s.io',
  'RuntimeClass.node.k8s.io',
  'StorageClass.storage.k8s.io',
  'StorageVersion.internal.apiserver.k8s.io',
  'StorageVersionMigration.storagemigration.k8s.io',
  'VolumeAttachment.storage.k8s.io',
  'VolumeAttributesClass.storage.k8s.io',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'GlobalNetworkPolicy.crd.projectcalico.org',
  'GlobalNetworkPolicy.projectcalico.org',
  'SecurityContextConstraints.security.openshift.io',
]);

/** Whether a kind lives outside namespaces, so that `metadata.namespace` says nothing. False for kinds not known here. */
export function isClusterScoped(groupKind: GroupKind): boolean {
  return clusterScopedKinds.has(groupKind);
}
