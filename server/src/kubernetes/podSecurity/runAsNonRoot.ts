import type { ManifestNode } from '../../manifest/index.ts';
import type { Container, PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { isExemptByUserNamespace } from './exemptions.ts';
import { type Reach, reachOf, securityContexts } from './reach.ts';

/** One reason why a pod fails the check. `node` is the `runAsNonRoot` that is false or missing. */
export type RunAsNonRootViolation =
  | { readonly kind: 'pod-false'; readonly node: ManifestNode; readonly reach: Reach }
  | {
      readonly kind: 'container-false';
      readonly node: ManifestNode;
      readonly container: Container;
      readonly reach: Reach;
    }
  /** Set neither in the container nor in the pod. */
  | { readonly kind: 'unset'; readonly node: ManifestNode; readonly container: Container };

/**
 * pod-security-admission, policy/check_runAsNonRoot.go: each container has `runAsNonRoot: true`, its own or else the
 * pod's; a `false` at either level is a violation even where it has no effect.
 */
export function runAsNonRootViolations(podSpec: PodSpec, version: KubernetesVersion): readonly RunAsNonRootViolation[] {
  if (isExemptByUserNamespace(podSpec, version)) return [];
  const violations: RunAsNonRootViolation[] = [];
  const ofPod = podSpec.securityContext.get('runAsNonRoot');
  for (const context of securityContexts(podSpec)) {
    const { container } = context;
    const node = context.node.get('runAsNonRoot');
    if (node.boolean === false) {
      const reach = reachOf(podSpec, context, ['runAsNonRoot']);
      violations.push(
        container === undefined
          ? { kind: 'pod-false', node, reach }
          : { kind: 'container-false', node, container, reach },
      );
    } else if (container !== undefined && node.isMissing && ofPod.isMissing) {
      violations.push({ kind: 'unset', node, container });
    }
  }
  return violations;
}

/** Runs as a numeric user other than root whatever the image says, so it is not root although the check fails. */
export function hasNonRootUser(container: Container): boolean {
  const user = container.effective('runAsUser').node.number;
  return user !== undefined && user > 0;
}

/**
 * The kubelet does not start a container whose `runAsNonRoot` is true and whose `runAsUser` is 0, each its own or else
 * the pod's (kubernetes pkg/kubelet/kuberuntime/security_context_others.go, verifyRunAsNonRoot).
 */
export function startsAsForbiddenRoot(container: Container): boolean {
  const isForbidden = container.effective('runAsNonRoot').node.boolean === true;
  return isForbidden && container.effective('runAsUser').node.number === 0;
}
