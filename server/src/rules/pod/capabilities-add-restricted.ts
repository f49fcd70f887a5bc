import { capabilitiesBeyondRestricted, isBaselineCapability, removeCapability } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/capabilities-add-restricted',
  summary: 'Any added capability except NET_BIND_SERVICE',
  severity: 'warning',
  profile: 'restricted',
  why:
    "Each capability is a part of root's power. Even the default ones let a program that was broken into change owners, read files of " +
    'other users or make device files. The restricted standard allows only NET_BIND_SERVICE, for ports below 1024.',
  whenNot:
    'Programs that start as root and then change user, or that manage files of several users, need SETUID, SETGID, CHOWN or the like.',
  references: {
    pss: [
      { check: 'capabilities_baseline', level: 'baseline' },
      { check: 'capabilities_restricted', level: 'restricted' },
    ],
    peers: ['CKV_K8S_25', 'KSV-0022', 'KSV-0106'],
  },
  fixClass: 'hardening',
  overrides: ['pod/capabilities-added', 'pod/cap-net-raw'],
  messages: {
    nameless: 'Container "{container}" adds a capability without a name, which Pod Security admission refuses.',
    default:
      'Container "{container}" adds the capability "{capability}", a part of root\'s power that most programs do without.',
    beyondDefault:
      'Container "{container}" adds the capability "{capability}", which is not among the default ones and may reach beyond the container.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    for (const { node, name } of capabilitiesBeyondRestricted(container, version)) {
      const isDefault = isBaselineCapability(name);
      report({
        at: node,
        message: name === '' ? 'nameless' : isDefault ? 'default' : 'beyondDefault',
        args: { container: container.name, capability: name },
        severity: isDefault ? 'warning' : 'error',
        fixes: () => [removeCapability(node, container)],
      });
    }
  },
});
