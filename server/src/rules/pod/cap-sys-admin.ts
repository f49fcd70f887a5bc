import { capabilitiesGranted, removeCapability } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

const messages = {
  ALL: 'Container "{container}" adds every capability, so whoever breaks into it controls the whole node.',
  BPF: 'Container "{container}" adds the capability BPF, with which it may load programs into the kernel of the node.',
  DAC_READ_SEARCH:
    'Container "{container}" adds the capability DAC_READ_SEARCH, with which it may open files of the node outside its own file system.',
  PERFMON:
    'Container "{container}" adds the capability PERFMON, with which it may watch the kernel and every process of the node.',
  SYS_ADMIN:
    'Container "{container}" adds the capability SYS_ADMIN, with which it may mount file systems and do most of what root of the node may.',
  SYS_BOOT:
    'Container "{container}" adds the capability SYS_BOOT, with which it may restart the node or load another kernel.',
  SYS_PTRACE:
    'Container "{container}" adds the capability SYS_PTRACE, with which it may read and change the memory of other processes.',
  SYS_RAWIO:
    'Container "{container}" adds the capability SYS_RAWIO, with which it may reach the memory and the devices of the node directly.',
} as const;

export const rule = defineRule({
  id: 'pod/cap-sys-admin',
  summary: 'SYS_ADMIN or an equivalent added',
  severity: 'error',
  profile: 'guide',
  why:
    'SYS_ADMIN allows mounting file systems, entering namespaces and much else; it is root by another name. ALL includes it, and BPF, ' +
    'PERFMON, SYS_PTRACE, SYS_RAWIO, SYS_BOOT and DAC_READ_SEARCH come as close: each suffices to get out of the container or to read ' +
    'what others keep secret.',
  whenNot:
    'Storage drivers, profilers and security sensors need some of them; keep them in a namespace of their own and prefer BPF or PERFMON to SYS_ADMIN.',
  references: {
    pss: [
      { check: 'capabilities_baseline', level: 'baseline' },
      { check: 'capabilities_restricted', level: 'restricted' },
    ],
    peers: [
      'C-0046',
      'CKV_K8S_39',
      'KICS:Containers With Sys Admin Capabilities',
      'KSEC:CapSysAdmin',
      'KSV-0005',
      'PO:dangerousCapabilities',
    ],
  },
  fixClass: 'hardening',
  overrides: ['pod/capabilities-added', 'pod/capabilities-add-restricted'],
  messages,
  subject: 'container',
  judge(container, report) {
    for (const { node, name } of capabilitiesGranted(container)) {
      if (!isNearRoot(name)) continue;
      report({
        at: node,
        message: name,
        args: { container: container.name },
        fixes: () => [removeCapability(node, container)],
      });
    }
  },
});

function isNearRoot(name: string): name is keyof typeof messages {
  return Object.hasOwn(messages, name);
}
