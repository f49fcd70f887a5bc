import type { Resource } from '../../kubernetes/index.ts';
import { namespaceOf } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

/** A namespace that no cluster is likely to have, so that a forgotten placeholder fails at once. */
const placeholder = 'replace-with-namespace';

export const rule = defineRule({
  id: 'pod/default-namespace',
  summary: 'Object in the default namespace',
  severity: 'info',
  profile: 'all',
  why:
    'Permissions, network policies, quotas and Pod Security levels are given by namespace. In `default` all that names none comes together, ' +
    'so none of these can be told apart there; an object that names no namespace goes wherever the context of kubectl points.',
  whenNot: 'Where a tool adds the namespace when it applies the file; suppress it with that reason.',
  references: {
    cis: ['5.6.1', '5.6.4'],
    peers: [
      'C-0061',
      'C-0209',
      'C-0212',
      'CKV_K8S_21',
      'KICS:Ensure Administrative Boundaries Between Resources',
      'KICS:Using Unrecommended Namespace',
      'KL:use-namespace',
      'KSV-0110',
    ],
    urls: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],
  },
  fixClass: 'input',
  messages: {
    absent:
      '{kind} "{name}" names no namespace, so it lands in default or wherever kubectl points, beside what is not its own.',
    default: '{kind} "{name}" is in the namespace default, where it cannot be kept apart from what others put there.',
  },
  subject: 'resource',
  kinds: [
    'ConfigMap',
    'LimitRange',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
    'DaemonSet.apps',
    'DaemonSet.extensions',
    'Deployment.apps',
    'Deployment.extensions',
    'ReplicaSet.apps',
    'ReplicaSet.extensions',
    'StatefulSet.apps',
    'CronJob.batch',
    'Job.batch',
    'HorizontalPodAutoscaler.autoscaling',
    'PodDisruptionBudget.policy',
    'Ingress.networking.k8s.io',
    'Ingress.extensions',
    'NetworkPolicy.networking.k8s.io',
    'NetworkPolicy.extensions',
    'Role.rbac.authorization.k8s.io',
    'RoleBinding.rbac.authorization.k8s.io',
    'ResourceClaim.resource.k8s.io',
    'ResourceClaimTemplate.resource.k8s.io',
    'Rollout.argoproj.io',
    'Service.serving.knative.dev',
  ],
  judge(resource, report) {
    if (namespaceOf(resource) !== 'default' || isBuiltIn(resource)) return;
    const node = resource.metadata.get('namespace');
    report({
      at: node,
      message: node.isMissing ? 'absent' : 'default',
      args: { kind: resource.kind, name: resource.name || (resource.metadata.get('generateName').string ?? '') },
      fixes: () => [
        {
          fixClass: 'input',
          title: 'Name a namespace (replace the placeholder)',
          operations: [{ op: 'set', node, value: placeholder }],
        },
      ],
    });
  },
});

/** What every cluster has in `default` by itself. */
function isBuiltIn({ kind, group, name }: Resource): boolean {
  if (group !== '') return false;
  return (kind === 'ServiceAccount' && name === 'default') || (kind === 'Service' && name === 'kubernetes');
}
