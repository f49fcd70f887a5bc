import { hostPorts } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-port',
  summary: 'hostPort used',
  severity: 'error',
  profile: 'guide',
  guide: 3,
  why:
    'A `hostPort` opens the container to whoever reaches the node the pod runs on, past the Service and what stands before it. ' +
    'It may take a port that the node needs itself, and only one such pod fits on a node.',
  whenNot:
    'Ingress controllers and agents that answer on every node may need it; keep them in a namespace of their own. Others take a Service.',
  references: {
    pss: [{ check: 'hostPorts', level: 'baseline' }],
    cis: ['5.2.12'],
    peers: ['C-0044', 'CKV_K8S_26', 'KSV-0024', 'PO:hostPortSet'],
  },
  fixClass: 'review',
  messages: {
    hostPort:
      'Container "{container}" takes port {port} of the node itself, so it is open to whoever reaches the node.',
  },
  subject: 'container',
  judge(container, report) {
    for (const hostPort of hostPorts(container)) {
      const port = hostPort.number ?? 0;
      report({
        at: hostPort,
        message: 'hostPort',
        args: { container: container.name, port },
        // On the host network the API server sets it again to the containerPort (kubernetes
        // pkg/apis/core/v1/defaults.go, defaultHostNetworkPorts).
        fixes: () =>
          container.podSpec.node.get('hostNetwork').boolean === true
            ? []
            : [
                {
                  fixClass: 'review',
                  title: `Remove hostPort: ${port} from container "${container.name}" (check first that no client uses this port of the node)`,
                  operations: [{ op: 'remove', node: hostPort }],
                  isPreferred: true,
                },
              ],
      });
    }
  },
});
