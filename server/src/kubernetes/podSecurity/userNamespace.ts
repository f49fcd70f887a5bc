import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { isWindowsPod } from './exemptions.ts';

/**
 * What the API server refuses beside `hostUsers: false` (kubernetes pkg/apis/core/validation/validation.go,
 * validateHostUsers): the node's own namespaces and raw block devices. Below 1.33 it drops `hostUsers` first, unless a
 * feature gate keeps it (UserNamespacesSupport). With the alpha gate UserNamespacesHostNetworkSupport it allows
 * `hostNetwork`.
 */
export function userNamespaceConflicts(podSpec: PodSpec, version: KubernetesVersion): readonly ManifestNode[] {
  if (version.minor < 33 || podSpec.node.get('hostUsers').boolean !== false) return [];
  const namespaces = ['hostNetwork', 'hostPID', 'hostIPC'].map((field) => podSpec.node.get(field));
  const devices = podSpec.containers.map((container) => container.node.get('volumeDevices'));
  return [
    ...namespaces.filter(({ boolean }) => boolean === true),
    ...devices.filter((list) => list.items().length > 0),
  ];
}

/**
 * The pod shares the users of the node although nothing keeps it from having its own: nothing that the API server refuses
 * beside `hostUsers: false`, and from 1.33 on, where it keeps the field.
 */
export function sharesUsersOfNode(podSpec: PodSpec, version: KubernetesVersion): boolean {
  const hostUsers = podSpec.node.get('hostUsers');
  if (version.minor < 33 || isWindowsPod(podSpec) || !(hostUsers.isMissing || hostUsers.boolean === true)) return false;
  const sharesMore = ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => {
    const shared = podSpec.node.get(field);
    return shared.boolean === true || shared.isUnknown;
  });
  const hasDevices = podSpec.containers.some((container) => !container.node.get('volumeDevices').isMissing);
  return !sharesMore && !hasDevices;
}
