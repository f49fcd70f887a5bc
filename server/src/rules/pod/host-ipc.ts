import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-ipc',
  summary: 'Pod shares the host IPC namespace',
  severity: 'error',
  profile: 'guide',
  why:
    'A pod in the IPC namespace of the node reaches the shared memory, semaphores and message queues of the processes there, and of every ' +
    'other pod that does the same. It can read or change what they exchange.',
  whenNot:
    'Where a program must exchange shared memory with a process of the node itself; keep it in a namespace of its own.',
  references: {
    pss: [{ check: 'hostNamespaces', level: 'baseline' }],
    cis: ['5.2.4'],
    nsa: true,
    peers: [
      'C-0038',
      'C-0276',
      'CKV_K8S_18',
      'KA:NamespaceHostIPCTrue',
      'KICS:Shared Host IPC Namespace',
      'KL:host-ipc',
      'KSEC:HostIPC',
      'KSV-0008',
      'PO:hostIPCSet',
    ],
  },
  fixClass: 'hardening',
  reveals: ['pod/host-users'],
  messages: {
    hostIPC:
      'The pod shares the IPC namespace of the node, so it can read and change the shared memory of processes there.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const hostIPC = podSpec.node.get('hostIPC');
    if (hostIPC.boolean !== true) return;
    report({
      at: hostIPC,
      message: 'hostIPC',
      fixes: () => [
        {
          fixClass: 'hardening',
          title: 'Remove hostIPC: true',
          operations: [{ op: 'remove', node: hostIPC }],
          isPreferred: true,
        },
      ],
    });
  },
});
