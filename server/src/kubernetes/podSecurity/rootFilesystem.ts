import type { Container } from '../pods/podSpec.ts';
import { isWindowsPod } from './exemptions.ts';

/** `readOnlyRootFilesystem` is absent, null or false; there is no pod-level field, and Windows has no such thing. */
export function hasWritableRoot(container: Container): boolean {
  const readOnly = container.securityContext.get('readOnlyRootFilesystem');
  return (readOnly.isMissing || readOnly.boolean === false) && !isWindowsPod(container.podSpec);
}

/**
 * A name for a new volume to be mounted at `mountPath`, or undefined where the API server would refuse it or more may be
 * there than can be read: something is mounted there already, or the names are taken. Ephemeral containers, which are
 * added to a running pod, get no new volume.
 */
export function nameForVolumeAt(mountPath: string, container: Container): string | undefined {
  const volumes = container.podSpec.node.get('volumes');
  const mounts = container.node.get('volumeMounts');
  if (container.kind === 'ephemeralContainer' || !isReadable(volumes) || !isReadable(mounts)) return undefined;
  const taken = mounts.items().some((mount) => mount.get('mountPath').string?.replace(/\/+$/, '') === mountPath);
  if (taken) return undefined;
  const names = volumes.items().map((volume) => volume.get('name').string);
  const base = mountPath.slice(mountPath.lastIndexOf('/') + 1);
  const free = [base, `${base}-${container.name}`].find((name) => !names.includes(name));
  return free !== undefined && isDnsLabel(free) ? free : undefined;
}

function isReadable(list: { readonly isUnknown: boolean; readonly isComplete: boolean }): boolean {
  return !list.isUnknown && list.isComplete;
}

/** RFC 1123, as the API server asks of the names of volumes. */
function isDnsLabel(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
}
