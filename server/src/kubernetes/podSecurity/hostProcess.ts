import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { type Reach, reachOf, securityContexts } from './reach.ts';

export interface HostProcessFlag {
  /** The `hostProcess`. */
  readonly node: ManifestNode;
  readonly reach: Reach;
}

/**
 * pod-security-admission, policy/check_windowsHostProcess.go: every `windowsOptions.hostProcess` of the pod or of a
 * container that is true, whether or not it takes effect.
 */
export function hostProcessFlags(podSpec: PodSpec): readonly HostProcessFlag[] {
  return securityContexts(podSpec)
    .map((context) => ({ context, node: context.node.get('windowsOptions', 'hostProcess') }))
    .filter(({ node }) => node.boolean === true)
    .map(({ context, node }) => ({ node, reach: reachOf(podSpec, context, ['windowsOptions', 'hostProcess']) }));
}
