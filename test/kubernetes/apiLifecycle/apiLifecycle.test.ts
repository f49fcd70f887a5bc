import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apiLifecycleOf,
  isServed,
  newestLifecycleRelease,
  newestVersion,
  replacementApiVersion,
} from '../../../server/src/kubernetes/index.ts';

/** apiVersion, kind, removed in, replacement at the newest version: Kubernetes' Deprecated API Migration Guide. */
const removals: readonly (readonly [string, string, number, string | undefined])[] = [
  ['extensions/v1beta1', 'Ingress', 22, 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'Deployment', 16, 'apps/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', 25, undefined],
  ['extensions/v1beta1', 'PodSecurityPolicy', 16, undefined],
  ['policy/v1beta1', 'PodDisruptionBudget', 25, 'policy/v1'],
  ['batch/v1beta1', 'CronJob', 25, 'batch/v1'],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', 25, 'autoscaling/v2'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, 'autoscaling/v2'],
  ['flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', 26, 'flowcontrol.apiserver.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 32, 'flowcontrol.apiserver.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', 25, 'events.k8s.io/v1'],
  ['node.k8s.io/v1beta1', 'RuntimeClass', 25, 'node.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'IngressClass', 22, 'networking.k8s.io/v1'],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 22, 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', 22, 'apiregistration.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1alpha1', 'Role', 23, 'rbac.authorization.k8s.io/v1'],
  ['resource.k8s.io/v1beta1', 'ResourceClaim', 38, 'resource.k8s.io/v1'],
  // Of these the guide says nothing: they went before it, or were alpha.
  ['admissionregistration.k8s.io/v1alpha1', 'InitializerConfiguration', 14, undefined],
  ['settings.k8s.io/v1alpha1', 'PodPreset', 20, undefined],
  ['batch/v2alpha1', 'CronJob', 21, 'batch/v1'],
  ['batch/v2alpha1', 'ScheduledJob', 8, undefined],
  ['extensions/v1beta1', 'Job', 6, 'batch/v1'],
  ['autoscaling/v2alpha1', 'HorizontalPodAutoscaler', 8, 'autoscaling/v2'],
  ['resource.k8s.io/v1alpha2', 'ResourceClaim', 31, 'resource.k8s.io/v1beta1'],
  ['scheduling.k8s.io/v1alpha1', 'Workload', 36, 'scheduling.k8s.io/v1beta1'],
];

for (const [apiVersion, kind, removed, replacement] of removals) {
  test(`${apiVersion} ${kind} is gone in 1.${removed}`, () => {
    assert.equal(apiLifecycleOf(apiVersion, kind)?.removed, removed);
    assert.equal(isServed(apiVersion, kind, { minor: removed }), false);
    assert.equal(isServed(apiVersion, kind, { minor: removed - 1 }), true);
    assert.equal(replacementApiVersion(apiVersion, kind, newestVersion), replacement);
  });
}

test('a replacement is followed only as far as the target serves it', () => {
  const kind = 'FlowSchema';
  assert.equal(
    replacementApiVersion('flowcontrol.apiserver.k8s.io/v1beta1', kind, { minor: 27 }),
    'flowcontrol.apiserver.k8s.io/v1beta3',
  );
});

test('a List goes with its kind', () => {
  assert.equal(apiLifecycleOf('extensions/v1beta1', 'IngressList')?.removed, 22);
});

test('what is not built in is not in the table; stable kinds have no end', () => {
  assert.equal(apiLifecycleOf('example.com/v1beta1', 'Ingress'), undefined);
  assert.equal(apiLifecycleOf('apps/v1', 'Deployment')?.removed, undefined);
  assert.equal(isServed('v1', 'Pod', newestVersion), true);
});

test('the table covers the newest supported version', () => {
  assert.ok(newestLifecycleRelease >= newestVersion.minor);
});
