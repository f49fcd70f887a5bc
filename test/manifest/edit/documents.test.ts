import assert from 'node:assert/strict';
import { test } from 'node:test';
import { objectDocument, parseManifest, planEdits, RandomBytes } from '../../../server/src/manifest/index.ts';
import { assertFixed, assertRefused, type Fix, plan } from './editing.ts';

const add =
  (...values: { [key: string]: string | string[] }[]): Fix =>
  (_root, file) =>
    file.documents.slice(0, 1).flatMap((after) => values.map((value) => ({ op: 'addDocument', after, value })));

test('documents are added behind a separator', () => {
  assertFixed('a: 1\n', add({ b: 'x' }, { c: 'w' }), 'a: 1\n---\nb: x\n---\nc: w\n');
  assertFixed('a: 1', add({ b: 'x' }), 'a: 1\n---\nb: x\n');
  assertFixed('a: 1\n---\nz: 1\n', add({ b: 'x' }), 'a: 1\n---\nb: x\n---\nz: 1\n');
  assertFixed('a: 1\n\n---\n\nz: 1\n', add({ b: 'x' }), 'a: 1\n\n---\nb: x\n\n---\n\nz: 1\n');
  assertFixed('a:\n    b:\n        - c\n', add({ d: ['x'] }), 'a:\n    b:\n        - c\n---\nd:\n    - x\n');
  assertRefused('{"a": 1}', add({ b: 'x' }), /JSON/);
});

test('a document is changed and followed by another', () => {
  assertFixed(
    'a: 1',
    (root, file) => [...add({ b: 'x' })(root, file), { op: 'set', node: root.get('c'), value: 2 }],
    'a: 1\nc: 2\n---\nb: x\n',
  );
});

test('files are created in the style of the file at hand', () => {
  const result = plan('a:\n  - b\n', () => [
    { op: 'createFile', path: 'x.yaml', documents: [{ kind: 'A', key: new RandomBytes(3) }, { l: [{ c: 1, d: [] }] }] },
    { op: 'createFile', path: 'x.json', documents: [{ l: [1] }] },
  ]);
  assert.deepEqual(result, {
    kind: 'edits',
    edits: [],
    newFiles: [
      { path: 'x.yaml', text: 'kind: A\nkey: BwcH\n---\nl:\n  - c: 1\n    d: []\n' },
      { path: 'x.json', text: '{\n  "l": [\n    1\n  ]\n}\n' },
    ],
  });
});

test('documents of another text are refused', () => {
  const file = parseManifest('a: 1\n');
  const values = { randomBytes: () => '' };
  const other = parseManifest('a: 1\n').documents[0];
  assert.ok(other);
  const stale = planEdits(file, [{ op: 'set', node: other.root.get('a'), value: 2 }], values);
  assert.match(stale.kind === 'refused' ? stale.reason : '', /changed/);
  const object = planEdits(file, [{ op: 'remove', node: objectDocument({ a: 1 }).root.get('a') }], values);
  assert.equal(object.kind, 'refused');
});

test('the offsets of an edit at the end of a large file', () => {
  const text = `${'kind: A\nlist:\n- x\nmap:\n  k: 1\n---\n'.repeat(2000)}kind: Z\nm:\n  k: 1\nl:\n- x\n`;
  const file = parseManifest(text);
  const last = file.documents.at(-1);
  assert.ok(last);
  const result = planEdits(file, [{ op: 'set', node: last.root.get('m', 'j'), value: 1 }], { randomBytes: () => '' });
  assert.deepEqual(result.kind === 'edits' ? result.edits : result, [
    { start: text.length - 'l:\n- x\n'.length, end: text.length - 'l:\n- x\n'.length, text: '  j: 1\n' },
  ]);
});
