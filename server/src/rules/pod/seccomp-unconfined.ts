import { allowedProfileTypes, forbiddenSeccompProfiles } from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/seccomp-unconfined',
  summary: 'seccomp Unconfined',
  severity: 'error',
  profile: 'guide',
  why:
    "`Unconfined` switches the seccomp filter off, so the container may make any system call of the node's kernel, and a hole in one of " +
    'them is the usual way out of a container. A type that Kubernetes does not know is refused.',
  whenNot:
    'Where a program needs a system call that `RuntimeDefault` blocks, give it a `Localhost` profile of its own.',
  references: {
    pss: [
      { check: 'seccompProfile_baseline', level: 'baseline' },
      { check: 'seccompProfile_restricted', level: 'restricted' },
    ],
    peers: ['KA:SeccompDisabledContainer', 'KA:SeccompDisabledPod', 'KSEC:SeccompUnconfined', 'KSV-0104'],
  },
  fixClass: 'hardening',
  messages: {
    unconfined: "The seccomp profile is Unconfined, so any system call of the node's kernel is allowed.",
    unknown: 'The seccomp profile type "{type}" is none that Kubernetes knows, so the pod is refused.',
    missing: 'The seccomp profile has no type, so the pod is refused.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const profile of forbiddenSeccompProfiles(podSpec, version)) {
      const node = profile.get('type');
      const type = node.string ?? '';
      report({
        at: node,
        message: node.isMissing ? 'missing' : type === 'Unconfined' ? 'unconfined' : 'unknown',
        args: { type },
        fixes: () => [fixOf(profile, type)],
      });
    }
  },
});

/** A `localhostProfile` is refused beside any type but `Localhost`, so it goes. */
function fixOf(profile: ManifestNode, type: string): Fix {
  const meant = meantType(type);
  const localhostProfile = profile.get('localhostProfile');
  const isLeftOver = meant !== 'Localhost' && localhostProfile.isKnown;
  return {
    fixClass: meant === undefined ? 'hardening' : 'safe',
    title: `Use the seccomp profile ${meant ?? 'RuntimeDefault'}`,
    operations: [
      { op: 'set', node: profile.get('type'), value: meant ?? 'RuntimeDefault' },
      ...(isLeftOver ? [{ op: 'remove', node: localhostProfile } as const] : []),
    ],
    isPreferred: true,
  };
}

/** The type in another case, or as the annotations before 1.19 wrote it. */
function meantType(type: string): string | undefined {
  if (type === 'runtime/default' || type === 'docker/default') return 'RuntimeDefault';
  return allowedProfileTypes.find((allowed) => allowed.toLowerCase() === type.toLowerCase());
}
