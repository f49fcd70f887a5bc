import {
  allowedProfileTypes,
  forbiddenSeccompProfiles,
  type Reach,
  reachArguments,
  setterOf,
} from '../../kubernetes/index.ts';
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
    container:
      'The seccomp profile of container "{container}" is Unconfined, so it may make any system call of the node\'s kernel.',
    override:
      'Container "{container}" sets the seccomp profile Unconfined instead of the {inherited} of its pod, so it may make any system call of the node\'s kernel.',
    heirs:
      "The seccomp profile of the pod, inherited by {containers}, is Unconfined, so any system call of the node's kernel is allowed there.",
    nobody:
      'The seccomp profile of the pod is Unconfined, which Pod Security admission refuses although every container has a profile of its own.',
    unsure:
      "The seccomp profile of the pod is Unconfined, so containers without one of their own may make any system call of the node's kernel.",
    unknownOfPod: 'The seccomp profile type "{type}" of the pod is none that Kubernetes knows, so the pod is refused.',
    unknownOfContainer:
      'The seccomp profile type "{type}" of container "{container}" is none that Kubernetes knows, so the pod is refused.',
    missingOfPod: 'The seccomp profile of the pod has no type, so the pod is refused.',
    missingOfContainer: 'The seccomp profile of container "{container}" has no type, so the pod is refused.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    for (const { node, reach } of forbiddenSeccompProfiles(podSpec, version)) {
      const type = node.get('type').string ?? '';
      report({
        at: node.get('type'),
        message: messageOf(type, reach),
        args: { type, ...reachArguments(reach) },
        fixes: () => [fixOf(node, type, reach)],
      });
    }
  },
});

function messageOf(type: string, { kind }: Reach) {
  if (type === 'Unconfined') return kind;
  const isOfContainer = kind === 'container' || kind === 'override';
  if (type === '') return isOfContainer ? 'missingOfContainer' : 'missingOfPod';
  return isOfContainer ? 'unknownOfContainer' : 'unknownOfPod';
}

/** A `localhostProfile` is refused beside any type but `Localhost`, so it goes; `Localhost` is refused without one. */
function fixOf(profile: ManifestNode, type: string, reach: Reach): Fix {
  const localhostProfile = profile.get('localhostProfile');
  const isNamed = localhostProfile.isUnknown || (localhostProfile.string ?? '') !== '';
  const meant = meantType(type, isNamed);
  const isLeftOver = meant !== 'Localhost' && localhostProfile.isKnown;
  return {
    fixClass: meant === undefined ? 'hardening' : 'safe',
    title: `Use the seccomp profile ${meant ?? 'RuntimeDefault'} for ${setterOf(reach)}`,
    operations: [
      { op: 'set', node: profile.get('type'), value: meant ?? 'RuntimeDefault' },
      ...(isLeftOver ? [{ op: 'remove', node: localhostProfile } as const] : []),
    ],
    isPreferred: true,
  };
}

/** The type in another case, or as the annotations before 1.19 wrote it. */
function meantType(type: string, isNamed: boolean): string | undefined {
  if (type === 'runtime/default' || type === 'docker/default') return 'RuntimeDefault';
  const meant = allowedProfileTypes.find((allowed) => allowed.toLowerCase() === type.toLowerCase());
  return meant === 'Localhost' && !isNamed ? undefined : meant;
}
