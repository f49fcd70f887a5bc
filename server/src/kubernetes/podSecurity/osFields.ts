import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';

/** The values of `spec.os.name` that the API server accepts (pkg/apis/core/validation/validation.go, validOS). */
export const knownOsNames: readonly string[] = ['linux', 'windows'];

/** A field that the API server refuses for the operating system of the pod. */
export interface ForeignField {
  readonly node: ManifestNode;
  readonly field: string;
  /** The container that has it; '' for the pod itself. */
  readonly container: string;
}

/*
 * kubernetes pkg/apis/core/validation/validation.go, validateWindows and validateLinux. A pointer that is set counts with
 * any value, `{}`, `[]`, 0 and false included; sysctls count if there are any, hostPID and hostIPC if true.
 */
const linuxOnlyOfPod: readonly string[] = ['hostUsers', 'shareProcessNamespace'];
const linuxOnlyFlagsOfPod: readonly string[] = ['hostPID', 'hostIPC'];
const linuxOnlyOfBoth = ['appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'runAsUser', 'runAsGroup'] as const;
const linuxOnlyOfPodContext: readonly string[] = [
  ...linuxOnlyOfBoth,
  ...['fsGroup', 'fsGroupChangePolicy', 'supplementalGroups', 'supplementalGroupsPolicy', 'seLinuxChangePolicy'],
];
const linuxOnlyOfContainer: readonly string[] = [
  ...linuxOnlyOfBoth,
  ...['capabilities', 'readOnlyRootFilesystem', 'privileged', 'allowPrivilegeEscalation', 'procMount'],
];
const windowsOnly: readonly string[] = ['windowsOptions'];

const linuxOnly: ReadonlySet<string> = new Set([
  ...linuxOnlyOfPod,
  ...linuxOnlyFlagsOfPod,
  ...linuxOnlyOfPodContext,
  ...linuxOnlyOfContainer,
  'sysctls',
]);

/** Whether the API server refuses a field in a pod for Windows, wherever in the pod it stands. */
export function isLinuxOnly(field: string): boolean {
  return linuxOnly.has(field);
}

/** The fields of a pod that belong to the operating system that `os.name` does not name. */
export function foreignFields(podSpec: PodSpec): readonly ForeignField[] {
  switch (podSpec.osName) {
    case 'windows':
      return [
        ...written(podSpec.node, linuxOnlyOfPod, ''),
        ...written(podSpec.node, linuxOnlyFlagsOfPod, '').filter(({ node }) => node.boolean === true),
        ...written(podSpec.securityContext, linuxOnlyOfPodContext, ''),
        ...written(podSpec.securityContext, ['sysctls'], '').filter(({ node }) => node.items().length > 0),
        ...podSpec.containers.flatMap(({ securityContext, name }) =>
          written(securityContext, linuxOnlyOfContainer, name),
        ),
      ];
    case 'linux':
      return [
        ...written(podSpec.securityContext, windowsOnly, ''),
        ...podSpec.containers.flatMap(({ securityContext, name }) => written(securityContext, windowsOnly, name)),
      ];
    default:
      return [];
  }
}

function written(map: ManifestNode, fields: readonly string[], container: string): readonly ForeignField[] {
  return fields.map((field) => ({ node: map.get(field), field, container })).filter(({ node }) => node.isKnown);
}
