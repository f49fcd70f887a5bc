import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { type Reach, reachOf, securityContexts } from './reach.ts';

const allowedTypes: ReadonlySet<string> = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t']);

export interface ForbiddenSeLinuxField {
  readonly node: ManifestNode;
  readonly field: 'user' | 'role' | 'type';
  readonly value: string;
  readonly reach: Reach;
}

/**
 * pod-security-admission, policy/check_seLinuxOptions.go: each `user` and `role` that is not empty and each `type`
 * that is not listed, of the pod and of containers.
 */
export function forbiddenSeLinuxFields(podSpec: PodSpec, version: KubernetesVersion): readonly ForbiddenSeLinuxField[] {
  return securityContexts(podSpec).flatMap((context) =>
    (['user', 'role', 'type'] as const).flatMap((field) => {
      const node = context.node.get('seLinuxOptions', field);
      const value = node.string ?? '';
      if (field === 'type' ? isAllowedType(value, version) : value === '') return [];
      return [{ node, field, value, reach: reachOf(podSpec, context, ['seLinuxOptions'], ['seLinuxOptions', field]) }];
    }),
  );
}

function isAllowedType(type: string, version: KubernetesVersion): boolean {
  return allowedTypes.has(type) || (type === 'container_engine_t' && version.minor >= 31);
}
