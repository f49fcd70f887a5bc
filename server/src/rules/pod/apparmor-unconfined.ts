import { forbiddenAppArmorProfiles } from '../../kubernetes/index.ts';
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
    unconfined:
      'The AppArmor profile is unconfined, so AppArmor does not keep the container from the parts of the kernel that others cannot reach.',
    unknown: 'The AppArmor profile "{profile}" is none that Kubernetes knows, so the pod is refused.',
    missing: 'The AppArmor profile has no type, so the pod is refused.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    for (const { node, profile, twins } of forbiddenAppArmorProfiles(podSpec)) {
      report({
        at: node.type === 'map' ? node.get('type') : node,
        message: profile === '' ? 'missing' : profile.toLowerCase() === 'unconfined' ? 'unconfined' : 'unknown',
        args: { profile },
        // An explicit RuntimeDefault would be refused by kubelets on nodes without AppArmor; unset is the same elsewhere.
        fixes: () => [
          {
            fixClass: 'hardening',
            title: "Use the runtime's own AppArmor profile",
            operations: [node, ...twins].map((each) => ({ op: 'remove', node: each })),
            isPreferred: true,
          },
        ],
      });
    }
  },
});
