import { hostPathVolumes, isControlPlanePod, writableMounts } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'pod/host-path-writable',
  summary: 'hostPath mounted read-write',
  severity: 'error',
  profile: 'guide',
  why:
    'What a container writes into a directory of the node stays there when the pod is gone: a cron job, a changed program, a module ' +
    'that the next start loads. `readOnly: true` holds for the mount itself; file systems mounted below it stay writable without ' +
    '`recursiveReadOnly`.',
  whenNot:
    'Agents that keep their state on the node or install something there; give them a directory of their own and nothing above it.',
  references: {
    nsa: true,
    peers: ['C-0045', 'KICS:Volume Mount With OS Directory Write Permissions', 'KL:writable-host-mount'],
  },
  fixClass: 'review',
  messages: {
    writable:
      'Container "{container}" may change files of the node in volume "{volume}", so whoever breaks into it can leave something behind that outlives the pod.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    if (isControlPlanePod(podSpec)) return;
    for (const volume of hostPathVolumes(podSpec)) {
      for (const { container, node } of writableMounts(volume)) {
        report({
          at: node.get('readOnly'),
          message: 'writable',
          args: { container: container.name, volume: volume.name },
          fixes: () => [
            {
              fixClass: 'review',
              title: `Mount volume "${volume.name}" read-only in container "${container.name}" (check first that it writes nothing there)`,
              operations: [{ op: 'set', node: node.get('readOnly'), value: true }],
              isPreferred: true,
            },
          ],
        });
      }
    }
  },
});
