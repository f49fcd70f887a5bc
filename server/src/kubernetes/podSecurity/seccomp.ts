import type { ManifestNode } from '../../manifest/index.ts';
import type { Container, PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { isExemptAsWindows } from './exemptions.ts';
import { hasForbiddenProfileType } from './profileType.ts';
import { type Reach, reachOf, securityContexts } from './reach.ts';

/**
 * pod-security-admission, policy/check_seccompProfile_restricted.go (from 1.19): neither the container nor the pod has
 * a `seccompProfile`. One of a wrong type is there, though it is no good; the kubelet's `seccompDefault` does not count.
 */
export function lacksSeccompProfile(container: Container, version: KubernetesVersion): boolean {
  if (version.minor < 19 || isExemptAsWindows(container.podSpec, version)) return false;
  return container.effective('seccompProfile').node.isMissing;
}

export interface ForbiddenSeccompProfile {
  /** The `seccompProfile`. */
  readonly node: ManifestNode;
  readonly reach: Reach;
}

/**
 * pod-security-admission, policy/check_seccompProfile_baseline.go (from 1.19): the `seccompProfile` of the pod and of
 * each container whose type is neither `RuntimeDefault` nor `Localhost`; an absent type is the empty one.
 */
export function forbiddenSeccompProfiles(
  podSpec: PodSpec,
  version: KubernetesVersion,
): readonly ForbiddenSeccompProfile[] {
  if (version.minor < 19) return [];
  return securityContexts(podSpec)
    .map((context) => ({ context, node: context.node.get('seccompProfile') }))
    .filter(({ node }) => hasForbiddenProfileType(node))
    .map(({ context, node }) => ({
      node,
      reach: reachOf(podSpec, context, ['seccompProfile'], ['seccompProfile', 'type']),
    }));
}
