import type { ApiLifecycle } from './apiLifecycle.ts';

/**
 * Kinds that the API server once served and that Kubernetes' lifecycle data never described, by apiVersion. Removed with
 * the first release whose k8s.io/api has no such type; for what went before its first release as a module (v0.17), with
 * the pull request that is named.
 */
export const unrecordedLives: Readonly<Record<string, Readonly<Record<string, ApiLifecycle>>>> = {
  // kubernetes/kubernetes#72972 (the alpha Initializers feature); CHANGELOG-1.9, Admission (external hooks).
  'admissionregistration.k8s.io/v1alpha1': {
    InitializerConfiguration: { introduced: 7, removed: 14 },
    ExternalAdmissionHookConfiguration: {
      introduced: 7,
      removed: 9,
      successor: 'ValidatingWebhookConfiguration in admissionregistration.k8s.io/v1',
    },
  },
  // CHANGELOG-1.5, Action Required: PetSets became StatefulSets.
  'apps/v1alpha1': { PetSet: { introduced: 3, removed: 5, successor: 'StatefulSet in apps/v1' } },
  'auditregistration.k8s.io/v1alpha1': { AuditSink: { introduced: 13, removed: 19 } },
  // CHANGELOG-1.8, Autoscaling: v2alpha1 is now v2beta1.
  'autoscaling/v2alpha1': {
    HorizontalPodAutoscaler: { introduced: 6, removed: 8, replacement: 'autoscaling/v2beta1' },
  },
  // kubernetes/kubernetes#49930 (ScheduledJob).
  'batch/v2alpha1': {
    CronJob: { introduced: 5, removed: 21, replacement: 'batch/v1' },
    ScheduledJob: { introduced: 4, removed: 8, successor: 'CronJob in batch/v1' },
  },
  'certificates.k8s.io/v1alpha1': {
    PodCertificateRequest: { introduced: 34, removed: 35, replacement: 'certificates.k8s.io/v1beta1' },
  },
  'coordination.k8s.io/v1alpha1': {
    LeaseCandidate: { introduced: 31, removed: 32, replacement: 'coordination.k8s.io/v1alpha2' },
  },
  'discovery.k8s.io/v1alpha1': {
    EndpointSlice: { introduced: 16, removed: 21, replacement: 'discovery.k8s.io/v1beta1' },
  },
  // kubernetes/kubernetes#35782, #38614 and #48353.
  'extensions/v1beta1': {
    HorizontalPodAutoscaler: { introduced: 1, removed: 6, replacement: 'autoscaling/v1' },
    Job: { introduced: 1, removed: 6, replacement: 'batch/v1' },
    ThirdPartyResource: {
      introduced: 1,
      removed: 8,
      successor: 'CustomResourceDefinition in apiextensions.k8s.io/v1',
    },
  },
  'resource.k8s.io/v1alpha1': {
    PodScheduling: { introduced: 26, removed: 27 },
    ResourceClaim: { introduced: 26, removed: 27, replacement: 'resource.k8s.io/v1alpha2' },
    ResourceClaimTemplate: { introduced: 26, removed: 27, replacement: 'resource.k8s.io/v1alpha2' },
    ResourceClass: { introduced: 26, removed: 27, replacement: 'resource.k8s.io/v1alpha2' },
  },
  // KEP-4381 took the place of what KEP-3063 had brought.
  'resource.k8s.io/v1alpha2': {
    PodSchedulingContext: { introduced: 27, removed: 31 },
    ResourceClaim: { introduced: 27, removed: 31, replacement: 'resource.k8s.io/v1alpha3' },
    ResourceClaimParameters: { introduced: 30, removed: 31 },
    ResourceClaimTemplate: { introduced: 27, removed: 31, replacement: 'resource.k8s.io/v1alpha3' },
    ResourceClass: { introduced: 27, removed: 31, successor: 'DeviceClass in resource.k8s.io' },
    ResourceClassParameters: { introduced: 30, removed: 31 },
    ResourceSlice: { introduced: 30, removed: 31, replacement: 'resource.k8s.io/v1alpha3' },
  },
  'resource.k8s.io/v1alpha3': { PodSchedulingContext: { introduced: 31, removed: 32 } },
  'scheduling.k8s.io/v1alpha1': {
    Workload: { introduced: 35, removed: 36, replacement: 'scheduling.k8s.io/v1alpha2' },
  },
  'scheduling.k8s.io/v1alpha2': {
    PodGroup: { introduced: 36, removed: 37, replacement: 'scheduling.k8s.io/v1beta1' },
    Workload: { introduced: 36, removed: 37, replacement: 'scheduling.k8s.io/v1beta1' },
  },
  'settings.k8s.io/v1alpha1': { PodPreset: { introduced: 6, removed: 20 } },
};
