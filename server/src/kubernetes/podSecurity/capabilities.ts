import type { ManifestNode } from '../../manifest/index.ts';
import type { Container } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import {
  type CapabilityMisspelling,
  capabilityMisspelling,
  isBaselineCapability,
  isMerelyMisspelt,
  properCapabilityName,
} from './capabilityNames.ts';
import { isExemptAsWindows, isWindowsPod } from './exemptions.ts';

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

/** An item of `capabilities.add`. */
export interface AddedCapability {
  readonly node: ManifestNode;
  /** '' for a null item, as Kubernetes decodes it. */
  readonly name: string;
}

/** The items of `capabilities.add` that the baseline does not allow, without the {@link misspeltCapabilities}. */
export function capabilitiesBeyondBaseline(container: Container): readonly AddedCapability[] {
  return spelledCapabilities(container).filter(({ name }) => !isBaselineCapability(name));
}

/**
 * pod-security-admission, policy/check_capabilities_restricted.go (from 1.22): the items of `capabilities.add` that are
 * not exactly `NET_BIND_SERVICE`, without the {@link misspeltCapabilities}.
 */
export function capabilitiesBeyondRestricted(
  container: Container,
  version: KubernetesVersion,
): readonly AddedCapability[] {
  if (version.minor < 22 || isExemptAsWindows(container.podSpec, version)) return [];
  return spelledCapabilities(container).filter(({ name }) => name !== 'NET_BIND_SERVICE');
}

function addedCapabilities(container: Container): readonly AddedCapability[] {
  const items = container.securityContext.get('capabilities', 'add').items();
  return items.flatMap((node) => {
    const name = node.isMissing ? '' : node.string;
    return name === undefined ? [] : [{ node, name }];
  });
}

/** What is added and not left to who judges spelling; on Windows, where there are no capabilities, nobody does. */
function spelledCapabilities(container: Container): readonly AddedCapability[] {
  const added = addedCapabilities(container);
  return isWindowsPod(container.podSpec) ? added : added.filter(({ name }) => !isMerelyMisspelt(name));
}

/**
 * The items of `capabilities.add` under the names that container runtimes may take them for: in capitals and without
 * `CAP_`. None on Windows.
 */
export function capabilitiesGranted(container: Container): readonly AddedCapability[] {
  if (isWindowsPod(container.podSpec)) return [];
  return addedCapabilities(container).map(({ node, name }) => ({ node, name: properCapabilityName(name) }));
}

/**
 * The `drop` or the item of `add` by which a container has NET_RAW, which runtimes give it unless it is dropped. Names
 * are taken in any case, as containerd and CRI-O take them.
 */
export function netRawNodes(container: Container): readonly ManifestNode[] {
  if (isWindowsPod(container.podSpec)) return [];
  const added = capabilitiesGranted(container).filter(({ name }) => name === 'NET_RAW');
  const drop = container.securityContext.get('capabilities', 'drop');
  const isKept = drop.isMissing || (drop.type === 'list' && drop.isComplete && drop.items().every(keepsNetRaw));
  return [...(isKept ? [drop] : []), ...added.map(({ node }) => node)];
}

function keepsNetRaw(item: ManifestNode): boolean {
  return !item.isUnknown && !['ALL', 'NET_RAW'].includes((item.string ?? '').toUpperCase());
}

/** A capability that is not spelt as Kubernetes spells it. */
export interface MisspeltCapability extends CapabilityMisspelling {
  readonly list: 'add' | 'drop';
  readonly node: ManifestNode;
  readonly written: string;
}

/**
 * Misspelt names: of `drop` unless it has `ALL`, which makes the others idle (and without an `all`, which works and is no
 * matter but of Pod Security admission), and of `add` those with no other fault.
 */
export function misspeltCapabilities(container: Container): readonly MisspeltCapability[] {
  if (isWindowsPod(container.podSpec)) return [];
  const capabilities = container.securityContext.get('capabilities');
  const dropped = capabilities.get('drop').items();
  const fromDrop = dropped.some(({ string }) => string === 'ALL') ? [] : misspelt('drop', dropped);
  return [
    ...fromDrop.filter(({ written }) => written.toUpperCase() !== 'ALL'),
    ...misspelt('add', capabilities.get('add').items()).filter(({ written }) => isMerelyMisspelt(written)),
  ];
}

function misspelt(list: 'add' | 'drop', items: readonly ManifestNode[]): readonly MisspeltCapability[] {
  return items.flatMap((node) => {
    const written = node.string ?? '';
    const misspelling = capabilityMisspelling(written);
    return misspelling === undefined ? [] : [{ ...misspelling, list, node, written }];
  });
}
