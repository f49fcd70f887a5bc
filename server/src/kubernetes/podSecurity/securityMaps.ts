import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../podSpec.ts';
import type { FieldPlace } from './knownFields.ts';

/** A map whose fields are known, and where in a pod it stands. */
export interface SecurityMap {
  readonly place: FieldPlace;
  readonly node: ManifestNode;
}

/** The pod spec, its security contexts, containers and volumes, and the parts of the security contexts. */
export function securityMaps(podSpec: PodSpec): readonly SecurityMap[] {
  return [
    { place: 'podSpec', node: podSpec.node },
    ...contextMaps('podSecurityContext', podSpec.securityContext),
    ...podSpec.containers.flatMap((container): readonly SecurityMap[] => [
      { place: 'container', node: container.node },
      ...contextMaps('securityContext', container.securityContext),
    ]),
    ...podSpec.node
      .get('volumes')
      .items()
      .map((node): SecurityMap => ({ place: 'volume', node })),
  ];
}

function contextMaps(place: 'podSecurityContext' | 'securityContext', context: ManifestNode): readonly SecurityMap[] {
  const parts = ['capabilities', 'seccompProfile', 'appArmorProfile', 'seLinuxOptions', 'windowsOptions'] as const;
  return [{ place, node: context }, ...parts.map((part) => ({ place: part, node: context.get(part) }))];
}
