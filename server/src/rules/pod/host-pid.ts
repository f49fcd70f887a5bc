import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-pid',
  summary: 'Pod shares the host PID namespace',
  severity: 'error',
  profile: 'guide',
  why:
    'A pod in the PID namespace of the node sees every process there, with its command line and, as root, its environment and files. ' +
    'Together with root or a debugging capability it can stop these processes or run code in them.',
  whenNot:
    'Agents that watch the processes of the node (profilers, security monitors) need it; keep them in a namespace of their own.',
  references: {
    pss: [{ check: 'hostNamespaces', level: 'baseline' }],
    cis: ['5.2.3'],
    nsa: true,
    peers: [
      'C-0038',
      'C-0275',
      'CKV_K8S_17',
      'KA:NamespaceHostPIDTrue',
      'KICS:Shared Host PID Namespace',
      'KL:host-pid',
      'KSEC:HostPID',
      'KSV-0010',
      'PO:hostPIDSet',
    ],
  },
  fixClass: 'hardening',
  reveals: ['pod/host-users'],
  messages: {
    hostPID:
      'The pod shares the process namespace of the node, so it sees every process there and may signal or inspect them.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const hostPID = podSpec.node.get('hostPID');
    if (hostPID.boolean !== true) return;
    report({
      at: hostPID,
      message: 'hostPID',
      fixes: () => [
        {
          fixClass: 'hardening',
          title: 'Remove hostPID: true',
          operations: [{ op: 'remove', node: hostPID }],
          isPreferred: true,
        },
      ],
    });
  },
});
