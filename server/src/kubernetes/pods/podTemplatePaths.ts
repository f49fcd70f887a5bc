import type { ManifestPath } from '../../manifest/index.ts';
import type { GroupKind } from '../resources/resource.ts';

/** Where resources of a kind keep a pod template, i.e. a map with `metadata` and `spec`. `'*'` stands for every item of a list. */
export interface PodTemplatePath {
  readonly kind: GroupKind;
  readonly path: ManifestPath;
}

const specTemplate: ManifestPath = ['spec', 'template'];

/** Every group a kind was ever served in is listed, old ones included: manifests outlive API versions. */
export const podTemplatePaths: readonly PodTemplatePath[] = [
  { kind: 'Pod', path: [] },
  { kind: 'PodTemplate', path: ['template'] },
  { kind: 'ReplicationController', path: specTemplate },
  { kind: 'ReplicaSet.apps', path: specTemplate },
  { kind: 'ReplicaSet.extensions', path: specTemplate },
  { kind: 'Deployment.apps', path: specTemplate },
  { kind: 'Deployment.extensions', path: specTemplate },
  { kind: 'StatefulSet.apps', path: specTemplate },
  { kind: 'DaemonSet.apps', path: specTemplate },
  { kind: 'DaemonSet.extensions', path: specTemplate },
  { kind: 'Job.batch', path: specTemplate },
  { kind: 'Job.extensions', path: specTemplate },
  { kind: 'CronJob.batch', path: ['spec', 'jobTemplate', 'spec', 'template'] },
  { kind: 'DeploymentConfig.apps.openshift.io', path: specTemplate },
  { kind: 'DeploymentConfig', path: specTemplate },
  { kind: 'Rollout.argoproj.io', path: specTemplate },
  { kind: 'Service.serving.knative.dev', path: specTemplate },
  { kind: 'Configuration.serving.knative.dev', path: specTemplate },
  { kind: 'Revision.serving.knative.dev', path: [] },
  { kind: 'JobSet.jobset.x-k8s.io', path: ['spec', 'replicatedJobs', '*', 'template', 'spec', 'template'] },
];
