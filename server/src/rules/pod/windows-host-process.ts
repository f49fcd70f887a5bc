import { hostProcessFlags, reachArguments } from '../../kubernetes/index.ts';
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
    container:
      'Container "{container}" sets hostProcess to true, so it is a process of the Windows node itself and controls the whole node.',
    override:
      'Container "{container}" sets hostProcess to true instead of the {inherited} of its pod, so it is a process of the Windows node itself and controls the whole node.',
    heirs:
      'The pod sets hostProcess to true, inherited by {containers}, so what runs there is a process of the Windows node itself and controls the whole node.',
    nobody:
      'The pod sets hostProcess to true, which Pod Security admission refuses although every container sets its own.',
    unsure:
      'The pod sets hostProcess to true, so containers that do not set it are processes of the Windows node itself and control the whole node.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const flags = hostProcessFlags(podSpec);
    for (const { node, reach } of flags) {
      report({
        at: node,
        message: reach.kind,
        args: reachArguments(reach),
        // The API server refuses pods in which some containers are HostProcess and others are not, hence all at once
        // (kubernetes pkg/apis/core/validation/validation.go, validateWindowsHostProcessPod).
        fixes: () => [
          {
            fixClass: 'hardening',
            title: 'Set hostProcess: false for the pod and its containers',
            operations: flags.map(({ node: each }) => ({ op: 'set', node: each, value: false })),
            isPreferred: true,
          },
        ],
      });
    }
  },
});
