import { test } from 'node:test';
import type { FixValue } from '../../../server/src/manifest/index.ts';
import { assertFixed, assertRefused, type Fix } from './editing.ts';

const insert =
  (index: number, value: FixValue, ...path: string[]): Fix =>
  (root) => [{ op: 'insert', list: root.get(...path), index, value }];

test('at the start, in the middle, at the end', () => {
  const text = 'l:\n# first\n- a # 1\n\n# second\n- b\n# after\nz: 1\n';
  assertFixed(text, insert(0, 'x', 'l'), 'l:\n- x\n# first\n- a # 1\n\n# second\n- b\n# after\nz: 1\n');
  assertFixed(text, insert(1, 'x', 'l'), 'l:\n# first\n- a # 1\n- x\n\n# second\n- b\n# after\nz: 1\n');
  assertFixed(text, insert(2, 'x', 'l'), 'l:\n# first\n- a # 1\n\n# second\n- b\n- x\n# after\nz: 1\n');
});

test('maps, lists and text as items', () => {
  const value = { name: 'x', args: ['a', { b: 1 }], text: 'one\ntwo\n' };
  assertFixed(
    'l:\n  - a\n',
    insert(1, value, 'l'),
    'l:\n  - a\n  - name: x\n    args:\n      - a\n      - b: 1\n    text: |\n      one\n      two\n',
  );
  assertFixed('l:\n- a\n', insert(1, [['x'], 'w'], 'l'), 'l:\n- a\n- - - x\n  - w\n');
  assertFixed('l:\n-   a\n', insert(1, { b: 1, c: 2 }, 'l'), 'l:\n-   a\n-   b: 1\n    c: 2\n');
  assertFixed('l:\n- a\n', insert(1, 'one\ntwo\n', 'l'), 'l:\n- a\n- |\n  one\n  two\n');
  assertFixed(
    '- - a\n  - b\n',
    (root) => [{ op: 'insert', list: root.get(0), index: 0, value: 'x' }],
    '- - x\n  - a\n  - b\n',
  );
});

test('quotes as the items around have them', () => {
  assertFixed('l:\n- "a"\n', insert(1, 'b', 'l'), 'l:\n- "a"\n- "b"\n');
  assertFixed("l: ['a']\n", insert(1, 'b', 'l'), "l: ['a', 'b']\n");
  assertFixed('l: [ a ]\n', insert(0, 'b', 'l'), 'l: [ b, a ]\n');
});

test('into what is empty or missing', () => {
  assertFixed('l: []\n', insert(0, 'x', 'l'), 'l:\n- x\n');
  assertFixed('l: # c\nz: 1\n', insert(0, { a: 1 }, 'l'), 'l: # c\n- a: 1\nz: 1\n');
  assertFixed('a: 1\n', insert(0, { a: 1, b: 2 }, 'k', 'l'), 'a: 1\nk:\n  l:\n  - a: 1\n    b: 2\n');
  assertFixed('a: {b: []}\n', insert(0, 'x', 'a', 'b'), 'a: {b: [x]}\n');
  assertRefused('l: []\n', insert(1, 'x', 'l'), /fewer items/);
  assertRefused('l: 5\n', insert(0, 'x', 'l'), /not a list/);
});

test('several at the same index keep their order', () => {
  const two =
    (index: number): Fix =>
    (root) =>
      ['x', 'w'].map((value) => ({ op: 'insert', list: root.get('l'), index, value }));
  assertFixed('l:\n- a\n- b\n', two(0), 'l:\n- x\n- w\n- a\n- b\n');
  assertFixed('l:\n- a\n- b\n', two(2), 'l:\n- a\n- b\n- x\n- w\n');
});

test('in flow and JSON lists over several lines', () => {
  assertFixed('l: [\n  a, # 1\n  b # 2\n]\n', insert(2, 'x', 'l'), 'l: [\n  a, # 1\n  b, # 2\n  x\n]\n');
  assertFixed('l: [\n  a,\n  b ]\n', insert(2, 'x', 'l'), 'l: [\n  a,\n  b,\n  x ]\n');
  assertFixed('l: [\n  a,\n  b\n]\n', insert(0, 'x', 'l'), 'l: [\n  x,\n  a,\n  b\n]\n');
  assertFixed(
    '{\n  "l": [\n    "a"\n  ]\n}\n',
    insert(1, { b: 1 }, 'l'),
    '{\n  "l": [\n    "a",\n    {\n      "b": 1\n    }\n  ]\n}\n',
  );
});

test('after a block scalar at the end of a file without a line break, which reads the same after it', () => {
  assertFixed('l:\n- |\n  a', insert(1, 'x', 'l'), 'l:\n- |\n  a\n- x');
  assertFixed('l:\n- |-\n  a', insert(1, 'x', 'l'), 'l:\n- |-\n  a\n- x');
});
