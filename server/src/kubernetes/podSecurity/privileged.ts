import type { Container } from '../pods/podSpec.ts';

/** pod-security-admission, policy/check_privileged.go: `securityContext.privileged` is true. */
export function isPrivileged(container: Container): boolean {
  return container.securityContext.get('privileged').boolean === true;
}

/**
 * A volume mount propagates back to the node, which the API server admits in privileged containers only
 * (kubernetes pkg/apis/core/validation/validation.go, validateMountPropagation).
 */
export function hasBidirectionalMount(container: Container): boolean {
  const mounts = container.node.get('volumeMounts').items();
  return mounts.some((mount) => mount.get('mountPropagation').string === 'Bidirectional');
}
