import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helmValuesOf, isHelmValuesFile } from '../../../server/src/kubernetes/index.ts';
import { parseManifest } from '../../../server/src/manifest/index.ts';

function textsIn(text: string): readonly string[] | undefined {
  const [document] = parseManifest(text).documents;
  assert.ok(document);
  return helmValuesOf(document)?.texts.map(({ name, path, node }) => `${path} (${name}): ${node.string}`);
}

test('files of values are known by their name', () => {
  const values = ['values.yaml', 'a/values.yml', 'values-prod.yaml', 'values.prod.eu.yaml', 'a/prod-values.yaml'];
  for (const name of values) assert.ok(isHelmValuesFile(`file:///${name}`), name);
  const others = ['values.json', 'values.schema.json', 'myvalues.yaml', 'valuesfile.yaml', 'values/a.yaml', 'values'];
  for (const name of others) assert.ok(!isHelmValuesFile(`file:///${name}`), name);
});

test('every text with its name and its path', () => {
  assert.deepEqual(textsIn('a: {b: x, c: 1}\nd:\n- t\n- name: E\n  value: z\n- value: w\nf:\n'), [
    'a.b (b): x',
    'd[0] (d): t',
    'd[1].name (name): E',
    'd[1].value (E): z',
    'd[2].value (value): w',
  ]);
  assert.deepEqual(textsIn('a: &x {b: t}\nc: *x\n'), ['a.b (b): t']);
});

test('an object of Kubernetes, a list and nothing are no values', () => {
  for (const text of ['apiVersion: v1\nkind: Pod\n', 'kind: Pod\n', '- a\n', '', 'text']) {
    assert.equal(textsIn(text), undefined, text);
  }
});
