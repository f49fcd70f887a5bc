import { matchesGroupKind, podSpecsOf, type Resource } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'reliability/rollout-and-jobs',
  summary: 'Rollout, restart policy or life of a job that surprises',
  severity: 'info',
  profile: 'off',
  why:
    'How pods are replaced, restarted and cleaned up decides whether a service stays up during a rollout, whether finished jobs pile up, and ' +
    'whether anything comes back when a node fails.',
  whenNot: 'Where the behaviour is wanted; each of these settings has its use.',
  references: {
    peers: [
      'C-0026',
      'C-0073',
      'C-0305',
      'KICS:CronJob Deadline Not Configured',
      'KL:job-ttl-seconds-after-finished',
      'KL:no-rolling-update-strategy',
      'KL:restart-policy',
      'KS:cronjob-has-deadline',
      'KS:cronjob-restartpolicy',
      'KS:deployment-strategy',
    ],
    urls: [
      'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
      'https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
    ],
  },
  fixClass: 'none',
  messages: {
    strategy:
      '{kind} "{name}" has the strategy {strategy}, so a rollout stops the old pods before the new ones answer.',
    naked: 'Pod "{name}" has no controller, so nothing starts it elsewhere when its node fails.',
    notRestarted: 'Pod "{name}" has the restart policy {policy}, so it does not come back whenever it ends.',
    refused: '{kind} "{name}" has the restart policy {policy}, which the API server refuses for this kind.',
    noTtl: 'Job "{name}" has no ttlSecondsAfterFinished, so it and its pods stay after they are done.',
    noDeadline:
      'CronJob "{name}" has no startingDeadlineSeconds, so runs that were missed are started late, and after a hundred of them none is.',
  },
  subject: 'resource',
  kinds: [
    'Pod',
    'ReplicationController',
    'CronJob.batch',
    'DaemonSet.apps',
    'Deployment.apps',
    'Deployment.extensions',
    'Job.batch',
    'ReplicaSet.apps',
    'StatefulSet.apps',
    'DeploymentConfig',
    'DeploymentConfig.apps.openshift.io',
  ],
  judge(resource, report) {
    const { kind, name, spec } = resource;
    // A hook of a chart is run once and taken away by Helm.
    if (resource.annotations.has('helm.sh/hook')) return;
    const args = { kind, name };
    const strategy = spec.get('strategy', 'type').string ?? '';
    if (kind.startsWith('Deployment') && !['', 'RollingUpdate', 'Rolling'].includes(strategy))
      report({ at: spec.get('strategy', 'type'), message: 'strategy', args: { ...args, strategy } });

    if (kind === 'Pod' && resource.metadata.get('ownerReferences').isMissing && spec.isKnown)
      report({ at: resource.metadata.get('name'), message: 'naked', args });

    for (const { node } of podSpecsOf(resource)) {
      const restartPolicy = node.get('restartPolicy');
      if (restartPolicy.isUnknown) continue;
      // pkg/apis/core/v1/defaults.go
      const policy = restartPolicy.string ?? 'Always';
      if (!acceptedPolicies(resource).includes(policy))
        report({ at: restartPolicy, message: 'refused', args: { ...args, policy } });
      else if (kind === 'Pod' && policy !== 'Always')
        report({ at: restartPolicy, message: 'notRestarted', args: { ...args, policy } });
    }

    const ttl = spec.get('ttlSecondsAfterFinished');
    if (kind === 'Job' && ttl.isMissing && spec.isKnown) report({ at: ttl, message: 'noTtl', args });
    const deadline = spec.get('startingDeadlineSeconds');
    if (kind === 'CronJob' && deadline.isMissing && spec.isKnown) report({ at: deadline, message: 'noDeadline', args });
  },
});

/** pkg/apis/apps/validation and pkg/apis/batch/validation */
function acceptedPolicies(resource: Resource): readonly string[] {
  if (matchesGroupKind(resource, 'Pod')) return ['Always', 'OnFailure', 'Never'];
  const isJob = matchesGroupKind(resource, 'Job.batch') || matchesGroupKind(resource, 'CronJob.batch');
  return isJob ? ['OnFailure', 'Never'] : ['Always'];
}
