import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PodTemplatePath, podSpecsOf } from '../../../server/src/kubernetes/index.ts';
import { resourceIn } from '../reading.ts';

const pod = '{metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}';

const workloads: readonly (readonly [string, string, string])[] = [
  ['v1', 'PodTemplate', `template: ${pod}`],
  ['v1', 'ReplicationController', `spec: {template: ${pod}}`],
  ['apps/v1', 'Deployment', `spec: {template: ${pod}}`],
  ['extensions/v1beta1', 'Deployment', `spec: {template: ${pod}}`],
  ['apps/v1beta2', 'StatefulSet', `spec: {template: ${pod}}`],
  ['apps/v1', 'DaemonSet', `spec: {template: ${pod}}`],
  ['apps/v1', 'ReplicaSet', `spec: {template: ${pod}}`],
  ['batch/v1', 'Job', `spec: {template: ${pod}}`],
  ['batch/v1', 'CronJob', `spec: {jobTemplate: {spec: {template: ${pod}}}}`],
  ['batch/v1beta1', 'CronJob', `spec: {jobTemplate: {spec: {template: ${pod}}}}`],
  ['batch/v2alpha1', 'CronJob', `spec: {jobTemplate: {spec: {template: ${pod}}}}`],
  ['apps.openshift.io/v1', 'DeploymentConfig', `spec: {template: ${pod}}`],
  ['v1', 'DeploymentConfig', `spec: {template: ${pod}}`],
  ['argoproj.io/v1alpha1', 'Rollout', `spec: {template: ${pod}}`],
  ['serving.knative.dev/v1', 'Service', `spec: {template: ${pod}}`],
  ['serving.knative.dev/v1', 'Configuration', `spec: {template: ${pod}}`],
  ['jobset.x-k8s.io/v1alpha2', 'JobSet', `spec: {replicatedJobs: [{template: {spec: {template: ${pod}}}}]}`],
  ['{{ .Values.apiVersion }}', 'Deployment', `spec: {template: ${pod}}`],
  ['example.com/v1', 'Thing', `spec: {parts: [{podTemplate: ${pod}}]}`],
];

for (const [apiVersion, kind, body] of workloads) {
  test(`finds the pod template of ${apiVersion} ${kind}`, () => {
    const resource = resourceIn(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${body}\n`);
    const [podSpec, ...others] = podSpecsOf(resource);
    assert.equal(others.length, 0);
    assert.equal(podSpec?.containers[0]?.name, 'c');
    assert.equal(podSpec?.metadata.get('labels', 'app').string, 'a');
  });
}

test('a Pod and a Knative Revision are templates themselves', () => {
  for (const type of ['apiVersion: v1\nkind: Pod', 'apiVersion: serving.knative.dev/v1\nkind: Revision']) {
    const resource = resourceIn(`${type}\nmetadata: {name: a}\nspec: {containers: [{name: c, image: i}]}\n`);
    assert.equal(podSpecsOf(resource)[0]?.metadata.get('name').string, 'a');
  }
});

test('every replicated job of a JobSet counts', () => {
  const job = `{template: {spec: {template: ${pod}}}}`;
  const resource = resourceIn(
    `apiVersion: jobset.x-k8s.io/v1alpha2\nkind: JobSet\nspec: {replicatedJobs: [${job}, ${job}]}\n`,
  );
  assert.equal(podSpecsOf(resource).length, 2);
});

const without: readonly (readonly [string, string])[] = [
  [
    'a Rollout that refers to a Deployment',
    'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec: {workloadRef: {name: a}}',
  ],
  ['a core Service', `apiVersion: v1\nkind: Service\nspec: {template: ${pod}}`],
  ['a policy, whose pattern is no pod', `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec: {template: ${pod}}`],
  ['a constraint', `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: X\nspec: {template: ${pod}}`],
  [
    'a map called template with a container that has no image',
    'apiVersion: example.com/v1\nkind: X\nspec: {template: {spec: {containers: [{name: a}]}}}',
  ],
  ['a template without containers', 'apiVersion: example.com/v1\nkind: X\nspec: {template: {spec: {containers: []}}}'],
];

for (const [title, text] of without) {
  test(`finds none in ${title}`, () => {
    assert.deepEqual(podSpecsOf(resourceIn(`${text}\n`)), []);
  });
}

test('settings name further paths', () => {
  const paths: readonly PodTemplatePath[] = [{ kind: 'Runner.example.com', path: ['spec', 'runners', '*'] }];
  const resource = resourceIn(`apiVersion: example.com/v2\nkind: Runner\nspec: {runners: [${pod}, ${pod}]}\n`);
  assert.equal(podSpecsOf(resource, paths).length, 2);
  assert.equal(podSpecsOf(resource).length, 0);
});

test('containers of all three kinds, in order, with names for messages', () => {
  const resource = resourceIn(`apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  os: {name: windows}
  containers: [{name: c, image: i}, {image: i}]
  initContainers: [{name: i, image: i}, text]
  ephemeralContainers: [{name: e, image: i}]
`);
  const podSpec = podSpecsOf(resource)[0];
  assert.deepEqual(
    podSpec?.containers.map(({ kind, name }) => `${kind} ${name}`),
    ['initContainer i', 'container c', 'container containers[1]', 'ephemeralContainer e'],
  );
  assert.equal(podSpec?.osName, 'windows');
});

test("a container's value comes before the pod's; null and absent fall back", () => {
  const resource = resourceIn(`apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  securityContext: {runAsUser: 1000, runAsNonRoot: true}
  containers:
  - {name: a, image: i, securityContext: {runAsUser: 0}}
  - {name: b, image: i, securityContext: {runAsUser: ~}}
  - {name: c, image: i}
`);
  const [a, b, c] = podSpecsOf(resource)[0]?.containers ?? [];
  const effective = [a, b, c].map((container) => container?.effective('runAsUser'));
  assert.deepEqual(
    effective.map((value) => [value?.node.number, value?.origin]),
    [
      [0, 'container'],
      [1000, 'pod'],
      [1000, 'pod'],
    ],
  );
  const unset = c?.effective('seccompProfile');
  assert.equal(unset?.origin, 'unset');
  assert.equal(unset?.node.isMissing, true);
  assert.deepEqual(unset?.node.path, ['spec', 'containers', 2, 'securityContext', 'seccompProfile']);
});

test('what cannot be read at the container does not fall back', () => {
  const resource = resourceIn(`apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  securityContext: {runAsNonRoot: true}
  containers:
  - name: a
    image: i
    securityContext:
      runAsNonRoot: {{ .Values.nonRoot }}
`);
  const effective = podSpecsOf(resource)[0]?.containers[0]?.effective('runAsNonRoot');
  assert.equal(effective?.origin, 'container');
  assert.equal(effective?.node.isUnknown, true);
});
