import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingPlace, podSpecsOf, securityContextNode } from '../../server/src/kubernetes/index.ts';
import { resourceIn, resourcesIn, textAt } from './reading.ts';

const pod = resourceIn(`apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  securityContext: {runAsUser: 5}
  containers:
  - name: first
    image: nginx
    securityContext:
      privileged: true
  - image: nginx
    name: second
  - image: unnamed
`);

const places: readonly (readonly [string, readonly (string | number)[], string])[] = [
  ['a scalar: its value', ['hostNetwork'], 'true'],
  ['a map: its key', ['securityContext'], 'securityContext'],
  ['a missing field: the key above', ['securityContext', 'seccompProfile', 'type'], 'securityContext'],
  ['missing under the resource itself', ['hostPID'], 'spec'],
  ['a missing field of a list item: its name', ['containers', 1, 'securityContext'], 'second'],
  ['a list item without name: its first key', ['containers', 2, 'securityContext'], 'image'],
];

for (const [title, path, expected] of places) {
  test(`${title}`, () => {
    assert.equal(textAt(findingPlace(pod.spec.get(...path))), expected);
  });
}

test('a document goes by its name, else by its kind', () => {
  assert.equal(textAt(findingPlace(pod.node.get('status'))), 'web');
  assert.equal(textAt(findingPlace(resourceIn('apiVersion: v1\nkind: Pod\n').node.get('spec'))), 'Pod');
});

test('so does an object in a List', () => {
  const [, second] = resourcesIn(
    'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n',
  );
  assert.equal(second && textAt(findingPlace(second.node.get('spec'))), 'b');
});

test('a key written without value', () => {
  const resource = resourceIn('apiVersion: v1\nkind: Pod\nspec:\n  hostPID:\n');
  assert.equal(textAt(findingPlace(resource.spec.get('hostPID'))), 'hostPID');
});

test("a securityContext field: the scalar, else the securityContext, else the container's name", () => {
  const [first, second] = podSpecsOf(pod)[0]?.containers ?? [];
  assert.ok(first && second);
  assert.equal(textAt(findingPlace(securityContextNode(first, 'privileged'))), 'true');
  assert.equal(textAt(findingPlace(securityContextNode(first, 'capabilities', 'drop'))), 'securityContext');
  assert.equal(textAt(findingPlace(securityContextNode(second, 'privileged'))), 'second');
});
