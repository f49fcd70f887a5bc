import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';

/** The minor version from which on the baseline allows a sysctl (pod-security-admission, policy/check_sysctls.go). */
const allowedFrom: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_notsent_lowat', 37],
]);

/** Names are compared literally, so a listed one written with slashes is not allowed either. */
export function isAllowedSysctl(name: string, version: KubernetesVersion): boolean {
  return version.minor >= (allowedFrom.get(name) ?? Number.POSITIVE_INFINITY);
}

/** The items of the pod's `sysctls` whose name the baseline does not allow; an absent name is the empty one. */
export function forbiddenSysctls(podSpec: PodSpec, version: KubernetesVersion): readonly ManifestNode[] {
  return podSpec.securityContext
    .get('sysctls')
    .items()
    .filter((item) => {
      const name = item.get('name');
      if (item.isUnknown || name.isUnknown) return false;
      return name.isMissing || (name.string !== undefined && !isAllowedSysctl(name.string, version));
    });
}
