import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../podSpec.ts';

/**
 * pod-security-admission, policy/check_windowsHostProcess.go: every `windowsOptions.hostProcess` of the pod or of a
 * container that is true, whether or not it takes effect.
 */
export function hostProcessFlags(podSpec: PodSpec): readonly ManifestNode[] {
  const contexts = [podSpec.securityContext, ...podSpec.containers.map((container) => container.securityContext)];
  return contexts
    .map((context) => context.get('windowsOptions', 'hostProcess'))
    .filter((hostProcess) => hostProcess.boolean === true);
}
