import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resourceIn, resourcesIn } from '../reading.ts';

test('reads identity, labels and annotations', () => {
  const resource = resourceIn(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: {app: web, tier: 1}
  annotations: {note: "x"}
spec: {template: {spec: {containers: [{name: web, image: web}]}}}
`);
  assert.deepEqual(
    [resource.group, resource.version, resource.kind, resource.namespace, resource.name],
    ['apps', 'v1', 'Deployment', 'shop', 'web'],
  );
  assert.deepEqual([...resource.labels], [['app', 'web']], 'a number is no label value');
  assert.deepEqual([...resource.annotations], [['note', 'x']]);
  assert.equal(resource.isPartial, false);
});

test('cluster-scoped kinds have no namespace, whatever is written', () => {
  assert.equal(resourceIn('apiVersion: v1\nkind: Node\nmetadata: {name: a, namespace: b}\n').namespace, '');
});

test('nothing is a resource without apiVersion and kind', () => {
  for (const text of [
    'kind: Pod\n',
    'apiVersion: v1\n',
    'apiVersion: v1\nkind:\n',
    '- a\n',
    'text\n',
    '',
    '# note\n',
  ]) {
    assert.deepEqual(resourcesIn(text), [], text);
  }
});

test('an unreadable apiVersion leaves the kind', () => {
  const resource = resourceIn('apiVersion: {{ template "version" . }}\nkind: Deployment\nmetadata: {name: a}\n');
  assert.deepEqual([resource.apiVersion, resource.kind], ['', 'Deployment']);
});

test('Lists are expanded at any depth, and items of typed lists inherit their type', () => {
  const resources = resourcesIn(`apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: a}}
- apiVersion: v1
  kind: List
  items:
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleList
    items: [{metadata: {name: b}}]
- {metadata: {name: none}}
---
apiVersion: v1
kind: PodList
items:
- metadata: {name: c}
  spec: {containers: [{name: x, image: x}]}
`);
  assert.deepEqual(
    resources.map(({ apiVersion, kind, name }) => `${apiVersion} ${kind} ${name}`),
    ['v1 Secret a', 'rbac.authorization.k8s.io/v1 Role b', 'v1 Pod c'],
  );
  assert.deepEqual(resources[1]?.node.path, ['items', 1, 'items', 0, 'items', 0]);
});

test('a kind that ends in List without items is a resource of its own', () => {
  assert.equal(resourceIn('apiVersion: example.com/v1\nkind: AllowList\nspec: {}\n').kind, 'AllowList');
});

const patches: readonly (readonly [string, string])[] = [
  ['a container without image', 'spec: {template: {spec: {containers: [{name: web, resources: {}}]}}}'],
  [
    'one container without image among others',
    'spec: {template: {spec: {containers: [{name: a}, {name: b, image: b}]}}}',
  ],
  ['no containers', 'spec: {template: {spec: {hostNetwork: true}}}'],
  ['a directive', 'spec: {template: {spec: {containers: [{name: a, image: a, env: [{$patch: delete, name: x}]}]}}}'],
];

for (const [title, spec] of patches) {
  test(`a patch is known by ${title}: absence is unknown in it`, () => {
    const resource = resourceIn(`apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n${spec}\n`);
    assert.equal(resource.isPartial, true);
    assert.equal(resource.spec.get('replicas').isUnknown, true);
    assert.equal(resource.spec.get('template', 'spec', 'securityContext', 'runAsNonRoot').isMissing, false);
    assert.equal(resource.spec.get('template', 'spec', 'containers').isKnown || title === 'no containers', true);
    assert.equal(resource.spec.isComplete, false);
  });
}

const ownPods = 'selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec:';

const unfinished: readonly (readonly [string, string, string])[] = [
  ['a new container in a workload', 'Deployment', `{${ownPods} {containers: [{name: a, image: a}, {name: b}]}}}`],
  ['its only container', 'Deployment', `{${ownPods} {containers: [{name: a, ports: [], resources: {}}]}}}`],
  ['a new container in a Pod', 'Pod', '{containers: [{name: a, image: a}, {name: b}]}'],
  ['an image that is about to be written', 'Pod', '{containers: [{name: a, image: }]}'],
  ['containers that are about to be written', 'Deployment', '{template: {spec: {hostPID: true, containers: }}}'],
];

for (const [title, kind, spec] of unfinished) {
  test(`a manifest that lacks only the image is no patch: ${title}`, () => {
    const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web}\nspec: ${spec}\n`;
    assert.equal(resourceIn(text).isPartial, false);
    assert.equal(resourceIn(text, { partial: true }).isPartial, true);
  });
}

const morePatches: readonly (readonly [string, string, string])[] = [
  ['of the labels and one field', 'Deployment', `{${ownPods} {containers: [{name: a, env: []}]}}}`],
  ['of the labels and the pod', 'Deployment', `{${ownPods} {hostPID: false}}}`],
  ['of a static pod', 'Pod', '{containers: [{name: kube-apiserver, resources: {}, env: []}]}'],
  [
    'of labels and containers',
    'StatefulSet',
    '{template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a}]}}}',
  ],
];

for (const [title, kind, spec] of morePatches) {
  test(`a patch ${title} stays one`, () => {
    const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
    assert.equal(
      resourceIn(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web}\nspec: ${spec}\n`).isPartial,
      true,
    );
  });
}

test('a workload without a pod template is a patch, and another kind of its name is not', () => {
  const text = 'kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n';
  assert.equal(resourceIn(`apiVersion: apps/v1\n${text}`).isPartial, true);
  assert.equal(resourceIn(`apiVersion: example.com/v1\n${text}`).isPartial, false);
});

test('a container whose image cannot be read makes no patch', () => {
  const resource = resourceIn(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: {{ .Values.image }}\n',
  );
  assert.equal(resource.isPartial, false);
});

test('the caller may know a file to be a patch', () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: ~, ports: []}\n';
  assert.equal(resourceIn(text).isPartial, false);
  const patch = resourceIn(text, { partial: true });
  assert.equal(patch.isPartial, true);
  assert.equal(patch.spec.get('type').isMissing, true, 'a written null stays what it is');
  assert.equal(patch.spec.get('type', 'below').isMissing, true);
  assert.equal(patch.spec.get('selector').isUnknown, true);
  assert.equal(patch.spec.get('selector', 'app').type, 'unknown');
});

test('a kustomization may leave its type out, and nothing else may', () => {
  const [kustomization] = resourcesIn('namespace: shop\nresources: [web.yaml]\n');
  assert.deepEqual(
    [kustomization?.kind, kustomization?.apiVersion],
    ['Kustomization', 'kustomize.config.k8s.io/v1beta1'],
  );
  const others = [
    'resources: {limits: {cpu: 1}}\n',
    'resources: [{name: a}]\n',
    'resources: []\n',
    'replicaCount: 1\nresources: [web.yaml]\n',
    'namespace: shop\n',
    'kind: Values\nresources: [web.yaml]\n',
  ];
  for (const text of others) assert.deepEqual(resourcesIn(text), [], text);
});
