import { netRawNodes } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/cap-net-raw',
  summary: 'NET_RAW not dropped',
  severity: 'warning',
  profile: 'restricted',
  why:
    'Container runtimes give NET_RAW to every container. With it a program forges packets of its own making: it answers ARP and DNS ' +
    'requests in the name of others on the same network and so gets their traffic.',
  whenNot:
    'Programs that send raw packets (`ping` of old images, network probes) need it. CRI-O and recent Docker releases can be set up not to give it.',
  references: {
    cis: ['5.2.8'],
    peers: ['CKV_K8S_28', 'KICS:NET_RAW Capabilities Not Being Dropped', 'KL:drop-net-raw-capability', 'KSV-0119'],
  },
  fixClass: 'hardening',
  messages: {
    kept: 'Container "{container}" keeps the capability NET_RAW, with which it may forge packets of others on its network.',
    added:
      'Container "{container}" adds the capability NET_RAW, with which it may forge packets of others on its network.',
  },
  subject: 'container',
  judge(container, report) {
    for (const node of netRawNodes(container)) {
      const isAdded = node.string !== undefined;
      report({
        at: node.isKnown && !isAdded ? node.keyPlace : node,
        message: isAdded ? 'added' : 'kept',
        args: { container: container.name },
        fixes: () => [
          {
            fixClass: 'hardening',
            title: isAdded
              ? `Remove the capability "${node.string ?? ''}" of container "${container.name}"`
              : `Drop all capabilities of container "${container.name}"`,
            operations: [isAdded ? { op: 'remove', node } : { op: 'set', node, value: ['ALL'] }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
