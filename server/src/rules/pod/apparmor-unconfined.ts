import { type AppArmorReach, forbiddenAppArmorProfiles, reachArguments, setterOf } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/apparmor-unconfined',
  summary: 'AppArmor Unconfined',
  severity: 'error',
  profile: 'guide',
  why:
    "On nodes with AppArmor every container gets the runtime's profile, which keeps it from mounting file systems and from writing to " +
    'the kernel through `/proc` and `/sys`. `Unconfined` takes it away. A profile that Kubernetes does not know is refused.',
  whenNot: 'Where a program needs what the default blocks, load a profile for it on the nodes and use `Localhost`.',
  references: {
    pss: [{ check: 'appArmorProfile', level: 'baseline' }],
    peers: ['KA:AppArmorBadValue', 'KA:AppArmorDisabled', 'KSEC:ApparmorUnconfined', 'KSV-0002'],
  },
  fixClass: 'hardening',
  reveals: ['pod/apparmor-missing'],
  messages: {
    container:
      'The AppArmor profile of container "{container}" is unconfined, so AppArmor does not keep it from parts of the kernel that others cannot reach.',
    override:
      'Container "{container}" sets the AppArmor profile Unconfined instead of the {inherited} of its pod, so AppArmor does not keep it from parts of the kernel that others cannot reach.',
    heirs:
      'The AppArmor profile of the pod, inherited by {containers}, is unconfined, so AppArmor keeps nothing there from parts of the kernel that others cannot reach.',
    nobody:
      'The AppArmor profile of the pod is unconfined, which Pod Security admission refuses although every container has a profile of its own.',
    unsure:
      'The AppArmor profile of the pod is unconfined, so AppArmor does not keep containers without one of their own from parts of the kernel that others cannot reach.',
    unknownOfPod: 'The AppArmor profile "{profile}" of the pod is none that Kubernetes knows, so the pod is refused.',
    unknownOfContainer:
      'The AppArmor profile "{profile}" of container "{container}" is none that Kubernetes knows, so the pod is refused.',
    missingOfPod: 'The AppArmor profile of the pod has no type, so the pod is refused.',
    missingOfContainer: 'The AppArmor profile of container "{container}" has no type, so the pod is refused.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, profile, reach, twins } of forbiddenAppArmorProfiles(podSpec)) {
      report({
        at: node.type === 'map' ? node.get('type') : node,
        message: messageOf(profile, reach),
        args: { profile, ...(reach.kind === 'annotation' ? { container: reach.container } : reachArguments(reach)) },
        // An explicit RuntimeDefault would be refused by kubelets on nodes without AppArmor; unset is the same elsewhere.
        fixes: () => [
          {
            fixClass: 'hardening',
            title: `Use the runtime's own AppArmor profile for ${setterIn(reach)}`,
            operations: [node, ...twins].map((each) => ({ op: 'remove', node: each })),
            isPreferred: true,
          },
        ],
      });
    }
  },
});

function messageOf(profile: string, { kind }: AppArmorReach) {
  if (kind === 'annotation' ? profile === 'unconfined' : profile === 'Unconfined') {
    return kind === 'annotation' ? 'container' : kind;
  }
  const isOfContainer = kind === 'container' || kind === 'override' || kind === 'annotation';
  if (profile === '') return isOfContainer ? 'missingOfContainer' : 'missingOfPod';
  return isOfContainer ? 'unknownOfContainer' : 'unknownOfPod';
}

function setterIn(reach: AppArmorReach): string {
  return reach.kind === 'annotation' ? `container "${reach.container}"` : setterOf(reach);
}
