import type { Container } from '../podSpec.ts';
import type { KubernetesVersion } from '../version.ts';
import { isExemptAsWindows } from './exemptions.ts';

/**
 * pod-security-admission, policy/check_seccompProfile_restricted.go (from 1.19): neither the container nor the pod has
 * a `seccompProfile`. One of a wrong type is there, though it is no good; the kubelet's `seccompDefault` does not count.
 */
export function lacksSeccompProfile(container: Container, version: KubernetesVersion): boolean {
  if (version.minor < 19 || isExemptAsWindows(container.podSpec, version)) return false;
  return container.effective('seccompProfile').node.isMissing;
}
