import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { allowedProfileTypes } from './profileType.ts';

/** What is wrong with the `localhostProfile` of a profile. */
export interface LocalhostProfileFault {
  readonly of: 'seccomp' | 'appArmor';
  readonly profile: ManifestNode;
  /** Absent; empty; a path that leaves its folder; with space around it; there although the type is another. */
  readonly fault: 'missing' | 'empty' | 'outside' | 'padded' | 'stray';
}

/**
 * The profiles that the API server refuses for their `localhostProfile` (kubernetes
 * pkg/apis/core/validation/validation.go, validateSeccompProfileField and ValidateAppArmorProfileField). An empty one of
 * seccomp passes there, and the kubelet fails on it (pkg/kubelet/kuberuntime/helpers.go, fieldSeccompProfile). Types that
 * Kubernetes does not know are left to who judges types.
 */
export function localhostProfileFaults(podSpec: PodSpec): readonly LocalhostProfileFault[] {
  const contexts = [podSpec.securityContext, ...podSpec.containers.map((container) => container.securityContext)];
  return contexts.flatMap((context) =>
    (['seccomp', 'appArmor'] as const).flatMap((of) => {
      const profile = context.get(`${of}Profile`);
      const fault = faultOf(of, profile);
      return fault === undefined ? [] : [{ of, profile, fault }];
    }),
  );
}

function faultOf(of: LocalhostProfileFault['of'], profile: ManifestNode): LocalhostProfileFault['fault'] | undefined {
  const type = profile.get('type').string ?? '';
  const localhostProfile = profile.get('localhostProfile');
  if (type === 'Unconfined' || (type !== 'Localhost' && allowedProfileTypes.includes(type))) {
    return localhostProfile.isKnown ? 'stray' : undefined;
  }
  if (type !== 'Localhost') return;
  if (localhostProfile.isMissing) return 'missing';
  const path = localhostProfile.string;
  if (path === undefined) return;
  if (path.trim() === '' && (path === '' || of === 'appArmor')) return 'empty';
  if (of === 'appArmor') return path.trim() === path ? undefined : 'padded';
  return path.startsWith('/') || path.split('/').includes('..') ? 'outside' : undefined;
}
