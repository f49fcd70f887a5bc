import { supportOf } from './kubernetesReleases.ts';

/** Something on a node that gets no fixes any more. */
export interface EndedNodeSoftware {
  /** `Ubuntu 20.04`, `containerd 1.6` */
  readonly name: string;
  /** The last day of support, YYYY-MM-DD. */
  readonly since: string;
}

/** Starts of `status.nodeInfo.osImage`, as /etc/os-release names them, and the end of general support. */
const systems: readonly (readonly [start: RegExp, name: string, since: string])[] = [
  // ubuntu.com/about/release-cycle (without Ubuntu Pro)
  [/^Ubuntu 16\.04/, 'Ubuntu 16.04', '2021-04-30'],
  [/^Ubuntu 18\.04/, 'Ubuntu 18.04', '2023-05-31'],
  [/^Ubuntu 20\.04/, 'Ubuntu 20.04', '2025-05-31'],
  // wiki.debian.org/LTS
  [/^Debian GNU\/Linux 9\b/, 'Debian 9', '2022-06-30'],
  [/^Debian GNU\/Linux 10\b/, 'Debian 10', '2024-06-30'],
  [/^Debian GNU\/Linux 11\b/, 'Debian 11', '2026-08-31'],
  // aws.amazon.com/amazon-linux-2/faqs
  [/^Amazon Linux 2$/, 'Amazon Linux 2', '2026-06-30'],
  // centos.org/centos-linux-eol
  [/^CentOS Linux 7\b/, 'CentOS 7', '2024-06-30'],
  [/^CentOS Linux 8\b/, 'CentOS 8', '2021-12-31'],
  [/^CentOS Stream 8\b/, 'CentOS Stream 8', '2024-05-31'],
  // access.redhat.com/support/policy/updates/errata (without extended life-cycle support)
  [/^Red Hat Enterprise Linux (?:Server )?7\b/, 'Red Hat Enterprise Linux 7', '2024-06-30'],
];

/** github.com/containerd/containerd/blob/main/RELEASES.md */
const containerd: Readonly<Record<string, string>> = {
  '1.4': '2022-03-03',
  '1.5': '2023-02-28',
  '1.6': '2025-08-23',
  '1.7': '2026-09-30',
  '2.0': '2025-11-07',
  '2.1': '2026-05-05',
  '2.2': '2026-11-06',
};

/** When the tables were last compared with their sources. */
export const nodeReleasesAsOf = '2026-11-25';

/**
 * The operating system of a node, if it is known to have ended.
 *
 * @param osImage as the node reports it: `Ubuntu 20.04.6 LTS`
 * @param today YYYY-MM-DD
 */
export function endedSystem(osImage: string, today: string): EndedNodeSoftware | undefined {
  const found = systems.find(([start]) => start.test(osImage));
  return found === undefined || found[2] >= today ? undefined : { name: found[1], since: found[2] };
}

/**
 * The container runtime of a node, if it is known to have ended. A version with an addition (`1.7.24-0ubuntu1`) is
 * somebody's package, who may mend it longer.
 *
 * @param version as the node reports it: `containerd://1.6.20`
 * @param today YYYY-MM-DD
 */
export function endedRuntime(version: string, today: string): EndedNodeSoftware | undefined {
  const crio = /^cri-o:\/\/1\.(\d+)\.\d+$/.exec(version)?.[1];
  if (crio !== undefined) {
    // It is released and supported with the minors of Kubernetes (github.com/cri-o/cri-o, README).
    const support = supportOf(Number(crio), today);
    return support.kind === 'ended' ? { name: `CRI-O 1.${crio}`, since: support.endOfLife } : undefined;
  }
  const line = /^containerd:\/\/v?(\d+\.\d+)\.\d+$/.exec(version)?.[1];
  const since = line !== undefined && Object.hasOwn(containerd, line) ? containerd[line] : undefined;
  return since === undefined || since >= today ? undefined : { name: `containerd ${line}`, since };
}
