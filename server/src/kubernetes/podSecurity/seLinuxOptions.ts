import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../podSpec.ts';
import type { KubernetesVersion } from '../version.ts';

const allowedTypes: ReadonlySet<string> = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t']);

/**
 * pod-security-admission, policy/check_seLinuxOptions.go: each `user` and `role` that is not empty and each `type`
 * that is not listed, of the pod and of containers.
 */
export function forbiddenSeLinuxFields(podSpec: PodSpec, version: KubernetesVersion): readonly ManifestNode[] {
  const contexts = [podSpec.securityContext, ...podSpec.containers.map((container) => container.securityContext)];
  return contexts.flatMap((context) => {
    const options = context.get('seLinuxOptions');
    const type = options.get('type');
    const isAllowed =
      type.string === undefined ||
      allowedTypes.has(type.string) ||
      (type.string === 'container_engine_t' && version.minor >= 31);
    const userAndRole = [options.get('user'), options.get('role')].filter((node) => (node.string ?? '') !== '');
    return isAllowed ? userAndRole : [...userAndRole, type];
  });
}
