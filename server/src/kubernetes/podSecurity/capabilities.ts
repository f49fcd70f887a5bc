import type { ManifestNode } from '../../manifest/index.ts';
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

/** pod-security-admission, policy/check_capabilities_baseline.go: the names that the baseline lets a container add. */
const baselineCapabilities: ReadonlySet<string> = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);

/** Names are compared literally: `chown` and `CAP_CHOWN` are other ones. */
export function isBaselineCapability(name: string): boolean {
  return baselineCapabilities.has(name);
}

/** An item of `capabilities.add`. */
export interface AddedCapability {
  readonly node: ManifestNode;
  /** '' for a null item, as Kubernetes decodes it. */
  readonly name: string;
}

/** The items of `capabilities.add` that the baseline does not allow. */
export function capabilitiesBeyondBaseline(container: Container): readonly AddedCapability[] {
  return addedCapabilities(container).filter(({ name }) => !isBaselineCapability(name));
}

/**
 * pod-security-admission, policy/check_capabilities_restricted.go (from 1.22): the items of `capabilities.add` that are
 * not exactly `NET_BIND_SERVICE`.
 */
export function capabilitiesBeyondRestricted(
  container: Container,
  version: KubernetesVersion,
): readonly AddedCapability[] {
  if (version.minor < 22 || isExemptAsWindows(container.podSpec, version)) return [];
  return addedCapabilities(container).filter(({ name }) => name !== 'NET_BIND_SERVICE');
}

function addedCapabilities(container: Container): readonly AddedCapability[] {
  const items = container.securityContext.get('capabilities', 'add').items();
  return items.flatMap((node) => {
    const name = node.isMissing ? '' : node.string;
    return name === undefined ? [] : [{ node, name }];
  });
}
