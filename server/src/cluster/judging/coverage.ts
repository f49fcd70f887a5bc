import { type FactType, type GroupKind, permissionWords, type Seen } from '../../kubernetes/index.ts';
import { sentence, together } from '../../sentences/index.ts';
import { type ClusterSnapshot, type CollectedObjects, groupKindOfKind } from '../collection/clusterSnapshot.ts';
import { isReadWhole } from '../collection/collectedKinds.ts';
import { permissionFor } from '../collection/collectKind.ts';
import type { CoverageGap } from '../protocol/index.ts';

/** What was not read, as far as it exists: kinds that this cluster does not serve leave no gap. */
export function coverageGaps(snapshot: ClusterSnapshot): readonly CoverageGap[] {
  const ofKinds = snapshot.collected.flatMap(({ kind, objects }) => {
    const gap = gapOf(objects, kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`);
    if (gap === undefined) return [];
    return [gap.cause === 'incomplete' ? { ...gap, permission: permissionFor(kind) } : gap];
  });
  const ofEndpoints = [
    gapOf(snapshot.flags, '/flagz'),
    gapOf(snapshot.metrics, '/metrics'),
    gapOf(snapshot.apiGroups, 'API discovery'),
  ];
  return [...ofKinds, ...ofEndpoints.filter((gap) => gap !== undefined)];
}

function gapOf(seen: Seen<unknown>, what: string): CoverageGap | undefined {
  if (seen.kind === 'seen') {
    return seen.incomplete === undefined ? undefined : { what, cause: 'incomplete', reason: seen.incomplete };
  }
  if (seen.cause === 'absent') return undefined;
  const { cause, reason, permission } = seen;
  const hint =
    permission === undefined ? '' : sentence('It needs: {permission}.', { permission: permissionWords(permission) });
  return { what, cause, reason: together(reason, hint), ...(permission === undefined ? {} : { permission }) };
}

const workloads: readonly GroupKind[] = [
  'Deployment.apps',
  'DaemonSet.apps',
  'StatefulSet.apps',
  'CronJob.batch',
  'Job.batch',
  'ReplicationController',
  'Pod',
];

/** The kinds that facts of each type are read from. */
const kindsOfFacts: Readonly<Record<FactType, readonly GroupKind[]>> = {
  workload: workloads,
  configReference: workloads,
  imagePull: workloads,
  podPorts: workloads,
  scalable: workloads,
  networkPolicy: [
    'NetworkPolicy.networking.k8s.io',
    'CiliumNetworkPolicy.cilium.io',
    'CiliumClusterwideNetworkPolicy.cilium.io',
    'NetworkPolicy.crd.projectcalico.org',
    'GlobalNetworkPolicy.crd.projectcalico.org',
    'AdminNetworkPolicy.policy.networking.k8s.io',
    'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
    'ClusterNetworkPolicy.policy.networking.k8s.io',
  ],
  namespace: ['Namespace'],
  roleBinding: ['RoleBinding.rbac.authorization.k8s.io', 'ClusterRoleBinding.rbac.authorization.k8s.io'],
  serviceAccount: ['ServiceAccount'],
  configSource: ['ConfigMap', 'Secret'],
  pullSecret: ['Secret'],
  resourceQuota: ['ResourceQuota'],
  limitRange: ['LimitRange'],
  service: ['Service'],
  disruptionBudget: ['PodDisruptionBudget.policy'],
  autoscaler: ['HorizontalPodAutoscaler.autoscaling'],
  admissionPolicy: [
    'ValidatingAdmissionPolicy.admissionregistration.k8s.io',
    'ValidatingWebhookConfiguration.admissionregistration.k8s.io',
    'MutatingWebhookConfiguration.admissionregistration.k8s.io',
  ],
};

/**
 * Types of facts of which some may be missing, because a kind that they come from was not read, or only in part. Rules
 * across objects report what is missing, and what could not be read is not missing. Of a Secret only the metadata is
 * ever read.
 */
export function unseenFacts({ collected }: ClusterSnapshot): ReadonlySet<FactType> {
  const whole = new Set(collected.filter(isWhole).map(({ kind }) => groupKindOfKind(kind)));
  const types = Object.keys(kindsOfFacts) as readonly FactType[];
  return new Set(types.filter((type) => !kindsOfFacts[type].every((kind) => whole.has(kind))));
}

function isWhole({ kind, objects }: CollectedObjects): boolean {
  if (objects.kind === 'unseen') return objects.cause === 'absent';
  return objects.incomplete === undefined && isReadWhole(kind);
}
