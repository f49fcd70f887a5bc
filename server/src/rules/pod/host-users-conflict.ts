import { userNamespaceConflicts } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-users-conflict',
  summary: 'hostUsers: false with what it excludes',
  severity: 'error',
  profile: 'guide',
  why:
    "With `hostUsers: false` a pod gets users of its own. The node's network, processes and IPC belong to the node's users, and raw " +
    'block devices cannot be mapped, so Kubernetes refuses them together.',
  whenNot:
    'With the alpha feature gate `UserNamespacesHostNetworkSupport` (from 1.35) Kubernetes allows `hostNetwork: true` beside it.',
  references: { urls: ['https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/'] },
  fixClass: 'input',
  reveals: [
    'pod/run-as-non-root',
    'pod/run-as-user-root',
    'pod/run-as-low-uid',
    'pod/run-as-low-gid',
    'pod/run-as-root-group',
    'pod/proc-mount',
    'pod/host-users',
  ],
  messages: {
    conflict: 'The pod has users of its own and asks for {fields} at the same time, so it is refused.',
  },
  subject: 'podSpec',
  judge(podSpec, report, { version }) {
    const conflicts = userNamespaceConflicts(podSpec, version);
    if (conflicts.length === 0) return;
    const fields = [...new Set(conflicts.map((node) => String(node.path.at(-1))))];
    const hostUsers = podSpec.node.get('hostUsers');
    const keepUsers: Fix = {
      fixClass: 'input',
      title: `Keep hostUsers: false and remove ${fields.join(', ')}`,
      operations: conflicts.map((node) => ({ op: 'remove', node })),
    };
    const keepOthers: Fix = {
      fixClass: 'input',
      title: `Keep ${fields.join(', ')} and remove hostUsers: false`,
      operations: [{ op: 'remove', node: hostUsers }],
    };
    report({
      at: hostUsers,
      message: 'conflict',
      args: { fields: fields.join(', ') },
      related: conflicts.map((node) => ({ at: node, message: 'Refused beside hostUsers: false.' })),
      // Without its device a container does not start either.
      fixes: () => (fields.includes('volumeDevices') ? [keepOthers] : [keepUsers, keepOthers]),
    });
  },
});
