import type { ManifestNode } from '../../manifest/index.ts';
import type { Container, PodSpec } from '../podSpec.ts';
import type { KubernetesVersion } from '../version.ts';
import { isExemptByUserNamespace } from './exemptions.ts';

/** One reason why a pod fails the check. `node` is the `runAsNonRoot` that is false or missing. */
export type RunAsNonRootViolation =
  | { readonly kind: 'pod-false'; readonly node: ManifestNode }
  | { readonly kind: 'container-false'; readonly node: ManifestNode; readonly container: Container }
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
  if (ofPod.boolean === false) violations.push({ kind: 'pod-false', node: ofPod });
  for (const container of podSpec.containers) {
    const node = container.securityContext.get('runAsNonRoot');
    if (node.boolean === false) violations.push({ kind: 'container-false', node, container });
    else if (node.isMissing && ofPod.isMissing) violations.push({ kind: 'unset', node, container });
  }
  return violations;
}

/** Runs as a numeric user other than root whatever the image says, so it is not root although the check fails. */
export function hasNonRootUser(container: Container): boolean {
  const user = container.effective('runAsUser').node.number;
  return user !== undefined && user > 0;
}
