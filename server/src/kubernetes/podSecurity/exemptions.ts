import type { PodSpec } from '../podSpec.ts';
import type { KubernetesVersion } from '../version.ts';

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
 * From 1.35 on `hostUsers: false` exempts from runAsNonRoot, runAsUser and the baseline procMount check (KEP-127;
 * pod-security-admission, policy/helpers.go, relaxPolicyForUserNamespacePod).
 */
export function isExemptByUserNamespace(podSpec: PodSpec, version: KubernetesVersion): boolean {
  const isUserNamespace = podSpec.node.get('hostUsers').boolean === false || isWrittenButUnknown(podSpec, 'hostUsers');
  return version.minor >= 35 && isUserNamespace;
}

function isWrittenButUnknown(podSpec: PodSpec, key: string, ...below: readonly string[]): boolean {
  return podSpec.node.entries().some((entry) => entry.key === key && entry.value.get(...below).isUnknown);
}
