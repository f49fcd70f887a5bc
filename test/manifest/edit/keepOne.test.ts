import { test } from 'node:test';
import type { ManifestPath } from '../../../server/src/manifest/index.ts';
import { assertFixed, assertRefused, type Fix } from './editing.ts';

const keepOne =
  (path: ManifestPath, occurrence: number): Fix =>
  (root) => [{ op: 'keepOne', node: root.get(...path), occurrence }];

test('of a key that stands several times any one can stay', () => {
  const text = 'a: 1 # one\nb: 2\na: 3 # two\na:\n  c: 4\nd: 5\n';
  assertFixed(text, keepOne(['a'], 0), 'a: 1 # one\nb: 2\nd: 5\n');
  assertFixed(text, keepOne(['a'], 1), 'b: 2\na: 3 # two\nd: 5\n');
  assertFixed(text, keepOne(['a'], 2), 'b: 2\na:\n  c: 4\nd: 5\n');
});

test('in braces and as the first key of an item', () => {
  assertFixed('x: {a: 1, b: 2, a: 1}\n', keepOne(['x', 'a'], 1), 'x: {b: 2, a: 1}\n');
  assertFixed('x: {a: 1, a: 2}\n', keepOne(['x', 'a'], 0), 'x: {a: 1}\n');
  assertFixed('- a: 1\n  b: 2\n  a: 3\n', keepOne([0, 'a'], 1), '- b: 2\n  a: 3\n');
  assertFixed('- a: 1\n  a: 3\n', keepOne([0, 'a'], 0), '- a: 1\n');
});

test('a key that stands once stays, and there is no such occurrence of it', () => {
  assertFixed('a: 1\n', keepOne(['a'], 0), 'a: 1\n');
  assertRefused('a: 1\n', keepOne(['a'], 1), /not written here/);
});
