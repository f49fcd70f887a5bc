import type { GroupKind } from '../resources/resource.ts';

/** Whose selector is a map of labels. */
export const kindsWithLabelMap: readonly GroupKind[] = [
  'ReplicationController',
  'DeploymentConfig',
  'DeploymentConfig.apps.openshift.io',
];

/** The kinds that keep pods of one template running, which they find by a selector. */
export const replicatingKinds: readonly GroupKind[] = [
  ...kindsWithLabelMap,
  'DaemonSet.apps',
  'DaemonSet.extensions',
  'Deployment.apps',
  'Deployment.extensions',
  'ReplicaSet.apps',
  'ReplicaSet.extensions',
  'StatefulSet.apps',
];
