import { capabilitiesBeyondBaseline, removeCapability } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/capabilities-added',
  summary: 'Capability outside the default set',
  severity: 'error',
  profile: 'guide',
  why:
    "A capability is a part of root's power over the kernel. Those outside the default set of container runtimes, such as SYS_ADMIN, " +
    'NET_ADMIN or SYS_PTRACE, reach beyond the container and often suffice to take over the node. Kubernetes compares the names ' +
    'literally, in capitals and without `CAP_`.',
  whenNot: 'Network plugins, storage drivers and other agents of the node; keep them in a namespace of their own.',
  references: {
    pss: [{ check: 'capabilities_baseline', level: 'baseline' }],
    cis: ['5.2.9'],
    peers: [
      'C-0046',
      'KA:CapabilityAdded',
      'KICS:Containers With Added Capabilities',
      'KSV-0022',
      'PO:insecureCapabilities',
    ],
  },
  fixClass: 'hardening',
  overrides: ['pod/cap-net-raw'],
  messages: {
    nameless: 'Container "{container}" adds a capability without a name, which Pod Security admission refuses.',
    added:
      'Container "{container}" adds the capability "{capability}", which is not among the default ones and may reach beyond the container.',
  },
  subject: 'container',
  judge(container, report) {
    for (const { node, name } of capabilitiesBeyondBaseline(container)) {
      report({
        at: node,
        message: name === '' ? 'nameless' : 'added',
        args: { container: container.name, capability: name },
        fixes: () => [removeCapability(node, container)],
      });
    }
  },
});
