import { hostProcessFlags } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-network',
  summary: 'Pod uses the host network',
  severity: 'error',
  profile: 'guide',
  guide: 3,
  why:
    'A pod on the host network has the addresses and ports of the node: it reaches what listens on the loopback address of the node ' +
    'only, may listen to the traffic of other pods, and most network plugins do not apply network policies to it.',
  whenNot:
    'Parts of the cluster that make the network itself (CNI plugins, kube-proxy, some ingress controllers) need it; keep them in a ' +
    'namespace of their own.',
  references: {
    pss: [{ check: 'hostNamespaces', level: 'baseline' }],
    cis: ['5.2.5'],
    nsa: true,
    peers: [
      'C-0041',
      'CKV_K8S_19',
      'KA:NamespaceHostNetworkTrue',
      'KICS:Shared Host Network Namespace',
      'KL:host-network',
      'KSEC:HostNetwork',
      'KSV-0009',
      'PO:hostNetworkSet',
    ],
  },
  fixClass: 'review',
  reveals: ['pod/host-users', 'network/workload-no-policy-ingress', 'network/workload-no-policy-egress'],
  messages: {
    hostNetwork:
      'The pod is on the network of the node, so it reaches services meant for the node alone and most network plugins apply no policy to it.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const hostNetwork = podSpec.node.get('hostNetwork');
    if (hostNetwork.boolean !== true) return;
    report({
      at: hostNetwork,
      message: 'hostNetwork',
      // The API server refuses HostProcess pods that are not on the host network (kubernetes
      // pkg/apis/core/validation/validation.go, validateWindowsHostProcessPod).
      fixes: () =>
        hostProcessFlags(podSpec).length > 0
          ? []
          : [
              {
                fixClass: 'review',
                title: "Remove hostNetwork: true (check first that no client reaches the pod by the node's address)",
                operations: [{ op: 'remove', node: hostNetwork }],
                isPreferred: true,
              },
            ],
    });
  },
});
