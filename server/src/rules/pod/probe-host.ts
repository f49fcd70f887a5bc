import { forbiddenHandlerHosts } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/probe-host',
  summary: 'Probe or lifecycle handler targets another host',
  severity: 'error',
  profile: 'guide',
  why:
    'The kubelet sends probes and lifecycle requests from the network of the node. With a `host` they go wherever the author of the pod ' +
    'likes, so they reach services meant for the node alone and tell what answers there. Pod Security admission refuses it from 1.34 on.',
  whenNot:
    'Static pods of the control plane that listen on the loopback address of the node, such as etcd set up by kubeadm.',
  references: {
    pss: [{ check: 'hostProbesAndHostLifecycle', level: 'baseline' }],
  },
  fixClass: 'review',
  messages: {
    host: 'The {handler} of container "{container}" names host "{host}", so the kubelet sends a request there from the node instead of to the pod.',
  },
  subject: 'container',
  judge(container, report, { version }) {
    for (const { node, handler } of forbiddenHandlerHosts(container, version)) {
      const host = node.string ?? '';
      report({
        at: node,
        message: 'host',
        args: { container: container.name, handler, host },
        fixes: () => [
          {
            fixClass: 'review',
            title: `Remove host "${host}" from the ${handler} (check first that the container listens on the pod's own address)`,
            operations: [{ op: 'remove', node }],
            isPreferred: true,
          },
        ],
      });
    }
  },
});
