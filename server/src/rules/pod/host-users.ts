import { sharesUsersOfNode } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-users',
  summary: 'No user namespace',
  severity: 'info',
  profile: 'all',
  why:
    'Without a user namespace root in a container is root on the node once it gets out. With `hostUsers: false` its ids are mapped to ' +
    'ids that nobody has there, and its capabilities hold for the pod alone.',
  whenNot:
    'Nodes need Linux 6.3 or newer and a runtime with user namespaces, volumes a file system that maps ids (NFS does not).',
  references: {
    peers: ['KSEC:HostUsers'],
    urls: ['https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/'],
  },
  fixClass: 'review',
  messages: {
    shared: 'The pod shares the users of the node, so root in a container is root there once it gets out.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    if (!sharesUsersOfNode(podSpec, version)) return;
    const hostUsers = podSpec.node.get('hostUsers');
    report({
      at: hostUsers,
      message: 'shared',
      fixes: () => [
        {
          fixClass: 'review',
          title: 'Set hostUsers: false (check first that nodes, runtime and volumes support user namespaces)',
          operations: [{ op: 'set', node: hostUsers, value: false }],
          isPreferred: true,
        },
      ],
    });
  },
});
