import type { PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';

/**
 * Whether the pod is for Windows nodes, where the API server refuses most Linux security fields. A value behind a
 * template action counts as Windows, for it cannot be told; an absent one does not, even in an open map.
 */
export function isWindowsPod(podSpec: PodSpec): boolean {
  return podSpec.osName === 'windows' || isWrittenButUnknown(podSpec, 'os', 'name');
}

/**
 * From 1.25 on (KEP-2802) allowPrivilegeEscalation, the restricted capabilities and the restricted seccomp check pass
 * pods with `os.name: windows` (pod-security-admission, policy/check_allowPrivilegeEscalation.go and the like). It
 * exempts from neither runAsNonRoot nor hostPath.
 */
export function isExemptAsWindows(podSpec: PodSpec, version: KubernetesVersion): boolean {
  return version.minor >= 25 && isWindowsPod(podSpec);
}

/**
 * Whether the pod has users of its own, so that its root and its low ids are none on the node (KEP-127). Below 1.33 the API
 * server drops `hostUsers` unless a feature gate keeps it (kubernetes pkg/features/kube_features.go, UserNamespacesSupport).
 * A value behind a template action counts as false, for it cannot be told.
 */
export function hasUserNamespace(podSpec: PodSpec, version: KubernetesVersion): boolean {
  const isFalse = podSpec.node.get('hostUsers').boolean === false || isWrittenButUnknown(podSpec, 'hostUsers');
  return version.minor >= 33 && isFalse;
}

/**
 * From 1.35 on `hostUsers: false` exempts from runAsNonRoot, runAsUser and the baseline procMount check (KEP-127;
 * pod-security-admission, policy/helpers.go, relaxPolicyForUserNamespacePod).
 */
export function isExemptByUserNamespace(podSpec: PodSpec, version: KubernetesVersion): boolean {
  return version.minor >= 35 && hasUserNamespace(podSpec, version);
}

/**
 * Whether OpenShift runs the pod: its admission assigns user and group ids by the security context constraints of the
 * namespace, and its images are made for group 0.
 */
export function isOpenShiftPod(podSpec: PodSpec): boolean {
  const { resource, metadata } = podSpec;
  if (/(?:^|\.)openshift\.io\//.test(resource.apiVersion)) return true;
  const ofPod = metadata
    .get('annotations')
    .entries()
    .map(({ key }) => key);
  return [...resource.annotations.keys(), ...ofPod].some((key) => /(?:^|\.)openshift\.io\//.test(key));
}

function isWrittenButUnknown(podSpec: PodSpec, key: string, ...below: readonly string[]): boolean {
  return podSpec.node.entries().some((entry) => entry.key === key && entry.value.get(...below).isUnknown);
}
