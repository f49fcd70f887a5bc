import type { ManifestNode } from '../../manifest/index.ts';
import type { Container } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { isExemptAsWindows, isWindowsPod } from './exemptions.ts';

/**
 * pod-security-admission, policy/check_allowPrivilegeEscalation.go: `securityContext.allowPrivilegeEscalation` is
 * absent, null or true. There is no pod-level field to inherit.
 */
export function allowsPrivilegeEscalation(container: Container, version: KubernetesVersion): boolean {
  const allowed = container.securityContext.get('allowPrivilegeEscalation');
  return (allowed.isMissing || allowed.boolean === true) && !isExemptAsWindows(container.podSpec, version);
}

/**
 * Whether the API server refuses `allowPrivilegeEscalation: false` in this container, or may (a privileged flag behind
 * a template action): beside `privileged: true`, beside an added capability spelt exactly `CAP_SYS_ADMIN` and in a pod
 * for Windows (kubernetes pkg/apis/core/validation/validation.go, ValidateSecurityContext and validateWindows).
 */
export function refusesNoPrivilegeEscalation(container: Container): boolean {
  if (isWindowsPod(container.podSpec)) return true;
  const privileged = container.securityContext.get('privileged');
  const added = container.securityContext.get('capabilities', 'add').items();
  return privileged.boolean === true || privileged.isUnknown || added.some((item) => item.string === 'CAP_SYS_ADMIN');
}

/**
 * What stands beside `allowPrivilegeEscalation: false` and makes the API server refuse the pod, by the same function:
 * the `privileged` that is true and the items of `add` that are exactly `CAP_SYS_ADMIN`.
 */
export function escalationConflicts(container: Container): readonly ManifestNode[] {
  if (container.securityContext.get('allowPrivilegeEscalation').boolean !== false) return [];
  const privileged = container.securityContext.get('privileged');
  const added = container.securityContext.get('capabilities', 'add').items();
  return [
    ...(privileged.boolean === true ? [privileged] : []),
    ...added.filter((item) => item.string === 'CAP_SYS_ADMIN'),
  ];
}
