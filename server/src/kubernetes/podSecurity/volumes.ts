import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { knownFields } from './knownFields.ts';

const allowedSources: ReadonlySet<string> = new Set([
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected'],
  'secret',
]);

/** Every field of a volume but its name and the allowed sources is a source that the restricted level forbids. */
const restrictedSources: ReadonlySet<string> = new Set(
  knownFields('Volume').filter((field) => field !== 'name' && !allowedSources.has(field)),
);

/** A volume of a type that is not allowed. */
export interface RestrictedVolume {
  readonly volume: ManifestNode;
  readonly type: string;
  readonly source: ManifestNode;
}

/**
 * pod-security-admission, policy/check_restrictedVolumes.go: the volumes with a source outside the allowed ones. One
 * without any source becomes an emptyDir before it is judged (kubernetes pkg/apis/core/v1/defaults.go,
 * SetDefaults_Volume), and so does a misspelt source, which the API server drops.
 */
export function restrictedVolumes(podSpec: PodSpec): readonly RestrictedVolume[] {
  const volumes = podSpec.node.get('volumes').items();
  return volumes.flatMap((volume) => {
    const sources = volume.entries().filter(({ value }) => !value.isMissing);
    if (sources.some(({ key }) => allowedSources.has(key))) return [];
    // Of several sources, which the API server refuses, the check names hostPath: the one that the baseline forbids too.
    const restricted =
      sources.find(({ key }) => key === 'hostPath') ?? sources.find(({ key }) => restrictedSources.has(key));
    return restricted === undefined ? [] : [{ volume, type: restricted.key, source: restricted.value }];
  });
}

/** A `hostPath.type` that says it is no directory. */
const notDirectories: ReadonlySet<string> = new Set(['File', 'FileOrCreate', 'Socket', 'CharDevice', 'BlockDevice']);

/** Whether an empty directory may stand in for what is mounted. */
export function isHostDirectory(hostPath: ManifestNode): boolean {
  const type = hostPath.get('type').string ?? '';
  return !notDirectories.has(type) && !(hostPath.get('path').string ?? '').endsWith('.sock');
}
