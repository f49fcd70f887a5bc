import { namespaceOf } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

const systemClasses: ReadonlySet<string> = new Set(['system-cluster-critical', 'system-node-critical']);

export const rule = defineRule({
  id: 'pod/critical-priority',
  summary: 'Priority of the cluster itself',
  severity: 'info',
  profile: 'all',
  why:
    'The two system classes are for what the cluster cannot do without. A pod with one of them is never evicted and makes room for itself ' +
    'by throwing out others, security agents and logging among them.',
  whenNot: 'Add-ons of the cluster in a namespace of their own.',
  references: {
    peers: ['KL:priority-class-name'],
    urls: [
      'https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/',
      'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
    ],
  },
  fixClass: 'none',
  messages: {
    critical:
      'The pod has the priority {priority}, which is for the cluster itself, so it may throw out any other workload of its node.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const priorityClass = podSpec.node.get('priorityClassName');
    const priority = priorityClass.string ?? '';
    const namespace = namespaceOf(podSpec.resource);
    if (!systemClasses.has(priority) || namespace === undefined || namespace === 'kube-system') return;
    report({ at: priorityClass, message: 'critical', args: { priority } });
  },
});
