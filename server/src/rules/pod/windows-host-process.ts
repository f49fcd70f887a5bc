import { hostProcessFlags } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/windows-host-process',
  summary: 'Windows HostProcess container',
  severity: 'error',
  profile: 'guide',
  why:
    'A HostProcess container is no container but a process of the Windows node itself: it sees the files, devices and network of the ' +
    'node and may run as its system account. Whoever breaks into it owns the node.',
  whenNot:
    'Agents that manage Windows nodes (network and storage plugins) need it; keep them in a namespace of their own.',
  references: {
    pss: [{ check: 'windowsHostProcess', level: 'baseline' }],
    cis: ['5.2.10'],
    peers: ['KSV-0103', 'PO:hostProcess'],
  },
  fixClass: 'hardening',
  messages: {
    hostProcess:
      'hostProcess is true, so what runs here is a process of the Windows node itself and controls the whole node.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const flags = hostProcessFlags(podSpec);
    for (const hostProcess of flags) {
      report({
        at: hostProcess,
        message: 'hostProcess',
        // The API server refuses pods in which some containers are HostProcess and others are not, hence all at once
        // (kubernetes pkg/apis/core/validation/validation.go, validateWindowsHostProcessPod).
        fixes: () => [
          {
            fixClass: 'hardening',
            title: 'Set hostProcess: false for the pod and its containers',
            operations: flags.map((node) => ({ op: 'set', node, value: false })),
            isPreferred: true,
          },
        ],
      });
    }
  },
});
