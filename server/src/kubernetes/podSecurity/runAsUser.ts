import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { isExemptByUserNamespace } from './exemptions.ts';
import { type Reach, reachOf, securityContexts } from './reach.ts';

export interface RootUser {
  /** The `runAsUser`. */
  readonly node: ManifestNode;
  readonly reach: Reach;
}

/**
 * pod-security-admission, policy/check_runAsUser.go (from 1.23): each `runAsUser` of the pod or of a container that is
 * 0, whether or not it takes effect.
 */
export function rootUsers(podSpec: PodSpec, version: KubernetesVersion): readonly RootUser[] {
  if (version.minor < 23 || isExemptByUserNamespace(podSpec, version)) return [];
  return securityContexts(podSpec)
    .map((context) => ({ context, node: context.node.get('runAsUser') }))
    .filter(({ node }) => node.number === 0)
    .map(({ context, node }) => ({ node, reach: reachOf(podSpec, context, ['runAsUser']) }));
}
