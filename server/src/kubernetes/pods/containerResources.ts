import type { ManifestNode } from '../../manifest/index.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { parseQuantity } from '../values/quantity.ts';
import type { Container } from './podSpec.ts';

export type ResourceName = 'cpu' | 'memory' | 'ephemeral-storage';

/** The minor version from which on pods have `resources` of their own (KEP-2837, on by default since 1.34). */
const podLevelFrom = 34;

/**
 * Whether nothing limits a container's use of a resource: neither its own limit nor, for CPU and memory, the pod's. A
 * limit of zero is none (kubelet, kuberuntime/kuberuntime_container_linux.go). False where that cannot be told, and for
 * ephemeral containers, which may have no resources.
 */
export function lacksLimit(container: Container, resource: ResourceName, version: KubernetesVersion): boolean {
  return isAbsent(settingsOf(container, ['limits'], resource, version), container);
}

/** Likewise for requests, which a limit supplies where they are missing (pkg/apis/core/v1/defaults.go, SetDefaults_Pod). */
export function lacksRequest(container: Container, resource: ResourceName, version: KubernetesVersion): boolean {
  return isAbsent(settingsOf(container, ['requests', 'limits'], resource, version), container);
}

function isAbsent(settings: readonly ManifestNode[], container: Container): boolean {
  return container.kind !== 'ephemeralContainer' && settings.every((node) => node.isMissing || isZero(node));
}

function settingsOf(
  container: Container,
  kinds: readonly ('limits' | 'requests')[],
  resource: ResourceName,
  version: KubernetesVersion,
): readonly ManifestNode[] {
  const hasPodLevel = resource !== 'ephemeral-storage' && version.minor >= podLevelFrom;
  const owners = hasPodLevel ? [container.node, container.podSpec.node] : [container.node];
  return owners.flatMap((owner) => kinds.map((kind) => owner.get('resources', kind, resource)));
}

function isZero(node: ManifestNode): boolean {
  const quantity = node.string ?? node.number;
  return quantity !== undefined && parseQuantity(quantity) === 0;
}
