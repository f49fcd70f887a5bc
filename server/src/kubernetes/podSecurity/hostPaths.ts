import type { ManifestNode } from '../../manifest/index.ts';
import { findCommandLine } from '../flags/commandLine.ts';
import type { ComponentName } from '../flags/component.ts';
import type { Container, PodSpec } from '../pods/podSpec.ts';
import { restrictedVolumes } from './volumes.ts';

/** A volume that is a path of the node. */
export interface HostPathVolume {
  readonly name: string;
  /** The `hostPath`. */
  readonly node: ManifestNode;
  /** Without doubled and trailing slashes; undefined where it is absent or cannot be told. */
  readonly path: string | undefined;
  /** Its entries in the `volumeMounts` of the pod's containers. */
  readonly mounts: readonly HostPathMount[];
}

export interface HostPathMount {
  readonly container: Container;
  /** The item of `volumeMounts`. */
  readonly node: ManifestNode;
}

/** The `hostPath` volumes of a pod, mounted or not; without those that have another source as well and are refused. */
export function hostPathVolumes(podSpec: PodSpec): readonly HostPathVolume[] {
  const hostPaths = restrictedVolumes(podSpec).filter(
    ({ type, source }) => type === 'hostPath' && source.type === 'map',
  );
  return hostPaths.map(({ volume, source }) => {
    const name = volume.get('name').string ?? '';
    return { name, node: source, path: normalisedPath(source.get('path').string), mounts: mountsOf(podSpec, name) };
  });
}

function mountsOf(podSpec: PodSpec, volume: string): readonly HostPathMount[] {
  return podSpec.containers.flatMap((container) => {
    const mounts = container.node.get('volumeMounts').items();
    return mounts.filter((mount) => mount.get('name').string === volume).map((node) => ({ container, node }));
  });
}

/** The API server refuses `..` in it (kubernetes pkg/apis/core/validation/validation.go, validateHostPathVolumeSource). */
function normalisedPath(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return undefined;
  return path.replaceAll(/\/(?:\.?\/)+/g, '/').replace(/(?<=.)\/\.?$/, '');
}

/** `path` is `directory` or lies below it; both normalised. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}

const controlPlane: readonly ComponentName[] = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];

/**
 * Whether this is the static Pod of a part of the control plane, which cannot do without the keys, the certificates and
 * the data directory of its node.
 */
export function isControlPlanePod(podSpec: PodSpec): boolean {
  if (podSpec.resource.kind !== 'Pod') return false;
  const components = podSpec.containers.map((container) => findCommandLine(container.node)?.component);
  return components.some((component) => component !== undefined && controlPlane.includes(component));
}

/** What of a node a path shows. */
export type SensitiveHostPath =
  | 'everything'
  | 'boot'
  | 'devices'
  | 'configuration'
  | 'programs'
  | 'processes'
  | 'rootHome'
  | 'sockets'
  | 'kernelSettings'
  | 'logs'
  | 'containers'
  | 'kubelet'
  | 'etcd';

const sensitiveDirectories: ReadonlyMap<string, SensitiveHostPath> = new Map<string, SensitiveHostPath>([
  ['/boot', 'boot'],
  ['/dev', 'devices'],
  ['/etc', 'configuration'],
  ['/lib', 'programs'],
  ['/proc', 'processes'],
  ['/root', 'rootHome'],
  ['/run', 'sockets'],
  ['/sys', 'kernelSettings'],
  ['/usr', 'programs'],
  ['/var/log', 'logs'],
  ['/var/run', 'sockets'],
  ['/var/lib/docker', 'containers'],
  ['/var/lib/containerd', 'containers'],
  ['/var/lib/kubelet', 'kubelet'],
  ['/var/lib/etcd', 'etcd'],
]);

/** The same on every node, and read by many programs that run outside their own image's distribution. */
const harmlessToRead: readonly string[] = [
  '/etc/localtime',
  '/usr/share/zoneinfo',
  '/etc/ssl/certs',
  '/usr/share/ca-certificates',
  '/lib/modules',
];

/** What every user of the node may read and write there. */
const harmlessDevices: readonly string[] = [
  '/dev/full',
  '/dev/log',
  '/dev/null',
  '/dev/random',
  '/dev/urandom',
  '/dev/zero',
];

/** Which sensitive part of the node a volume is, holds or lies in; none where it is harmless and only read. */
export function sensitiveHostPath(volume: HostPathVolume): SensitiveHostPath | undefined {
  const { path } = volume;
  if (
    path === undefined ||
    harmlessDevices.includes(path) ||
    (harmlessToRead.some((each) => isWithin(path, each)) && isOnlyRead(volume))
  )
    return;
  for (const [directory, kind] of sensitiveDirectories) {
    if (isWithin(path, directory)) return kind;
  }
  return [...sensitiveDirectories.keys()].some((directory) => isWithin(directory, path)) ? 'everything' : undefined;
}

function isOnlyRead({ mounts }: HostPathVolume): boolean {
  return mounts.every(({ node }) => node.get('readOnly').boolean === true);
}

/** Files that container runtimes, and builders that run containers, take orders on. */
const runtimeSockets: ReadonlySet<string> = new Set([
  ...['docker.sock', 'dockershim.sock', 'containerd.sock', 'crio.sock', 'cri-dockerd.sock', 'podman.sock'],
  'buildkitd.sock',
]);

const windowsPipes: ReadonlySet<string> = new Set(['docker_engine', 'containerd-containerd']);

const socketDirectories: ReadonlySet<string> = new Set([
  '/',
  ...['', '/containerd', '/crio', '/podman', '/buildkit', '/k3s', '/k3s/containerd'].flatMap((below) => [
    `/run${below}`,
    `/var/run${below}`,
  ]),
]);

/** Whether a path is the socket of a container runtime or a directory that usually holds one. */
export function runtimeSocketIn(path: string): 'socket' | 'directory' | undefined {
  if (socketDirectories.has(path)) return 'directory';
  const pipe = /^[\\/]{2}\.[\\/]pipe[\\/](.+)$/.exec(path)?.[1];
  const isSocket =
    pipe === undefined ? runtimeSockets.has(path.slice(path.lastIndexOf('/') + 1)) : windowsPipes.has(pipe);
  return isSocket ? 'socket' : undefined;
}

const userCredentials = /^\/(?:root|home\/[^/]+)\/(?:\.kube|\.aws|\.azure|\.docker|\.ssh|\.config\/gcloud)(?:\/|$)/;

/** Whether a path is made for credentials: of the node and its control plane, or of a user who works there. */
export function hostCredentialsIn(path: string): 'node' | 'user' | undefined {
  if (isWithin(path, '/etc/kubernetes') || isWithin(path, '/var/lib/kubelet/pki')) return 'node';
  return userCredentials.test(path) ? 'user' : undefined;
}

const notWrittenThroughMount: ReadonlySet<string> = new Set(['Socket', 'CharDevice', 'BlockDevice']);

/**
 * The mounts through which a container may change files of the node. Sockets and devices take their data whether or not
 * the mount is read-only.
 */
export function writableMounts({ node, path, mounts }: HostPathVolume): readonly HostPathMount[] {
  const isNoFile = harmlessDevices.includes(path ?? '') || /\.sock$|^\\\\\.\\pipe\\/.test(path ?? '');
  if (isNoFile || notWrittenThroughMount.has(node.get('type').string ?? '')) return [];
  return mounts.filter(({ node: mount }) => {
    const readOnly = mount.get('readOnly');
    return readOnly.isMissing || readOnly.boolean === false;
  });
}
