import type { Resource } from '../resources/resource.ts';

/**
 * What changing the apiVersion alone does to an object: nothing (`'safe'`), a default or a requirement changes (`'review'`),
 * or the fields have another shape (`'none'`: the version string alone would be wrong).
 */
export type RenameClass = 'safe' | 'review' | 'none';

/**
 * Compared field by field and default by default in k8s.io/api and in the defaults.go and conversion.go of
 * k8s.io/kubernetes pkg/apis/<group>/<version>. `*` stands for every kind of the version.
 */
const classes: Readonly<Record<string, Readonly<Record<string, RenameClass>>>> = {
  'apps/v1beta2': { '*': 'safe' },
  'autoscaling/v2beta2': { HorizontalPodAutoscaler: 'safe' },
  'batch/v1beta1': { CronJob: 'safe' },
  // All finished Jobs were kept, now as many as the history limits say.
  'batch/v2alpha1': { CronJob: 'review' },
  'certificates.k8s.io/v1alpha1': { ClusterTrustBundle: 'safe' },
  'coordination.k8s.io/v1beta1': { Lease: 'safe' },
  'extensions/v1beta1': {
    NetworkPolicy: 'safe',
    // The selector became required, and the default update strategy of a DaemonSet changed.
    DaemonSet: 'review',
    Deployment: 'review',
    ReplicaSet: 'review',
  },
  'apps/v1beta1': { ControllerRevision: 'safe', Deployment: 'review', StatefulSet: 'review' },
  'flowcontrol.apiserver.k8s.io/v1alpha1': { FlowSchema: 'safe' },
  'flowcontrol.apiserver.k8s.io/v1beta1': { FlowSchema: 'safe' },
  'flowcontrol.apiserver.k8s.io/v1beta2': { FlowSchema: 'safe' },
  // nominalConcurrencyShares: 0 was defaulted to 30 and is now zero.
  'flowcontrol.apiserver.k8s.io/v1beta3': { FlowSchema: 'safe', PriorityLevelConfiguration: 'review' },
  // failurePolicy became Fail, the timeout 10 s; sideEffects and admissionReviewVersions became required.
  'admissionregistration.k8s.io/v1beta1': { '*': 'review' },
  'admissionregistration.k8s.io/v1alpha1': { '*': 'review' },
  'networking.k8s.io/v1beta1': { IngressClass: 'safe', IPAddress: 'safe', ServiceCIDR: 'safe' },
  'node.k8s.io/v1beta1': { RuntimeClass: 'safe' },
  'rbac.authorization.k8s.io/v1beta1': { '*': 'safe' },
  'resource.k8s.io/v1beta2': { '*': 'safe' },
  'scheduling.k8s.io/v1alpha1': { PriorityClass: 'safe' },
  'scheduling.k8s.io/v1beta1': { PriorityClass: 'safe' },
  'storage.k8s.io/v1alpha1': { VolumeAttributesClass: 'safe' },
  'storage.k8s.io/v1beta1': { '*': 'safe' },
};

export function renameClassOf(resource: Resource): RenameClass {
  const { apiVersion, kind } = resource;
  if (apiVersion === 'policy/v1beta1' && kind === 'PodDisruptionBudget') return disruptionBudgetClass(resource);
  const kinds = classes[apiVersion];
  return kinds?.[kind] ?? kinds?.['*'] ?? 'none';
}

/** An empty selector matched no pod in policy/v1beta1 and matches all in policy/v1. */
function disruptionBudgetClass(resource: Resource): RenameClass {
  const selector = resource.spec.get('selector');
  const isFilled = ['matchLabels', 'matchExpressions'].some((key) => {
    const part = selector.get(key);
    return part.entries().length > 0 || part.items().length > 0;
  });
  return isFilled ? 'safe' : 'review';
}
