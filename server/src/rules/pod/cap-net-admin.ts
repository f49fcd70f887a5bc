import { capabilitiesGranted, removeCapability } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/cap-net-admin',
  summary: 'NET_ADMIN added',
  severity: 'error',
  profile: 'guide',
  why:
    'NET_ADMIN changes routes, firewall rules and interfaces. With the network of the node it redirects the traffic of all its pods; with ' +
    'a network of its own it still lifts what a service mesh or a sidecar has set up there.',
  whenNot:
    'Network plugins, VPN clients and the init containers of service meshes need it; a CNI plugin of the mesh spares the latter.',
  references: {
    pss: [
      { check: 'capabilities_baseline', level: 'baseline' },
      { check: 'capabilities_restricted', level: 'restricted' },
    ],
    peers: ['C-0046', 'PO:dangerousCapabilities'],
  },
  fixClass: 'hardening',
  overrides: ['pod/capabilities-added', 'pod/capabilities-add-restricted'],
  messages: {
    added:
      'Container "{container}" adds the capability NET_ADMIN, with which it may change routes, firewall rules and interfaces.',
  },
  subject: 'container',
  judge(container, report) {
    for (const { node, name } of capabilitiesGranted(container)) {
      if (name !== 'NET_ADMIN') continue;
      report({
        at: node,
        message: 'added',
        args: { container: container.name },
        fixes: () => [removeCapability(node, container)],
      });
    }
  },
});
