import { capabilitiesGranted, removeCapability } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/cap-sys-module',
  summary: 'SYS_MODULE added',
  severity: 'error',
  profile: 'guide',
  why:
    'With SYS_MODULE a process loads modules into the kernel of the node. A module may do anything: no container, namespace or policy ' +
    'holds it, and it stays when the pod is gone.',
  whenNot:
    'Pods that install drivers for graphics cards or file systems; better load the modules when the node starts, and keep such pods in a ' +
    'namespace of their own.',
  references: {
    pss: [
      { check: 'capabilities_baseline', level: 'baseline' },
      { check: 'capabilities_restricted', level: 'restricted' },
    ],
    peers: ['C-0046', 'KSV-0120'],
  },
  fixClass: 'hardening',
  overrides: ['pod/capabilities-added', 'pod/capabilities-add-restricted'],
  messages: {
    added:
      'Container "{container}" adds the capability SYS_MODULE, with which it may load modules into the kernel of the node.',
  },
  subject: 'container',
  judge(container, report) {
    for (const { node, name } of capabilitiesGranted(container)) {
      if (name !== 'SYS_MODULE') continue;
      report({
        at: node,
        message: 'added',
        args: { container: container.name },
        fixes: () => [removeCapability(node, container)],
      });
    }
  },
});
