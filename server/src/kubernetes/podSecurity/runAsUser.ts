import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../podSpec.ts';
import type { KubernetesVersion } from '../version.ts';
import { isExemptByUserNamespace } from './exemptions.ts';

/**
 * pod-security-admission, policy/check_runAsUser.go (from 1.23): each `runAsUser` of the pod or of a container that is
 * 0, whether or not it takes effect.
 */
export function rootUsers(podSpec: PodSpec, version: KubernetesVersion): readonly ManifestNode[] {
  if (version.minor < 23 || isExemptByUserNamespace(podSpec, version)) return [];
  const contexts = [podSpec.securityContext, ...podSpec.containers.map((container) => container.securityContext)];
  return contexts.map((context) => context.get('runAsUser')).filter((user) => user.number === 0);
}
