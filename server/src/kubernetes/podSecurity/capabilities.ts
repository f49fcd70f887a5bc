import type { Container } from '../podSpec.ts';
import type { KubernetesVersion } from '../version.ts';
import { isExemptAsWindows } from './exemptions.ts';

/**
 * pod-security-admission, policy/check_capabilities_restricted.go (from 1.22): `capabilities.drop` has an item that is
 * exactly `ALL`. True as well where it cannot be told.
 */
export function dropsAllCapabilities(container: Container, version: KubernetesVersion): boolean {
  if (version.minor < 22 || isExemptAsWindows(container.podSpec, version)) return true;
  const drop = container.securityContext.get('capabilities', 'drop');
  if (drop.isMissing) return false;
  if (drop.type !== 'list') return true;
  const items = drop.items();
  return !drop.isComplete || items.some((item) => item.isUnknown || item.string === 'ALL');
}
