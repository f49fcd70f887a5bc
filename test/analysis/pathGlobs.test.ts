import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globMatcher, relativePath, resolveUri } from '../../server/src/analysis/configuration/pathGlobs.ts';

const folder = 'file:///a/b';

function matching(patterns: readonly string[], paths: readonly string[]): readonly string[] {
  const matches = globMatcher(folder, patterns);
  return paths.filter((path) => matches(`${folder}/${path}`));
}

test('globs are relative to their folder; without a slash they match at any depth', () => {
  const paths = ['x.yaml', 'c/x.yaml', 'c/d/x.yaml', 'vendor/y.yaml', 'c/vendor/.hidden.yaml'];
  assert.deepEqual(matching(['x.yaml'], paths), ['x.yaml', 'c/x.yaml', 'c/d/x.yaml']);
  assert.deepEqual(matching(['/x.yaml', './c/*'], paths), ['x.yaml', 'c/x.yaml']);
  assert.deepEqual(matching(['vendor/'], paths), ['vendor/y.yaml', 'c/vendor/.hidden.yaml']);
  assert.deepEqual(matching(['vendor/**'], paths), ['vendor/y.yaml']);
  assert.deepEqual(matching(['**/{vendor,d}/*'], paths), ['c/d/x.yaml', 'vendor/y.yaml', 'c/vendor/.hidden.yaml']);
  assert.deepEqual(matching([], paths), []);
});

test('an exclamation mark takes back, and alone matches nothing', () => {
  const paths = ['c/x.yaml', 'c/keep.yaml', 'd.yaml'];
  assert.deepEqual(matching(['!keep.yaml', 'c/**'], paths), ['c/x.yaml']);
  assert.deepEqual(matching(['!keep.yaml'], paths), []);
});

test('what lies outside the folder never matches, and escapes are read', () => {
  assert.equal(globMatcher(folder, ['**'])('file:///a/bc/x.yaml'), false);
  assert.equal(globMatcher(folder, ['a b/*'])('file:///a/b/a%20b/x.yaml'), true);
  assert.equal(relativePath(folder, 'file:///a/b/50%.yaml'), '50%.yaml');
});

test('paths in a configuration are resolved against its folder', () => {
  assert.equal(resolveUri(folder, '../c/./x y.json'), 'file:///a/c/x%20y.json');
  assert.equal(resolveUri(folder, '/x.json'), 'file:///x.json');
});
