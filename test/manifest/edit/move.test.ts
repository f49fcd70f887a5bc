import { test } from 'node:test';
import type { ManifestPath } from '../../../server/src/manifest/index.ts';
import { assertFixed, assertRefused, type Fix } from './editing.ts';

const move =
  (from: ManifestPath, to: ManifestPath): Fix =>
  (root) => [{ op: 'move', from: root.get(...from), to: root.get(...to) }];
const rename =
  (path: ManifestPath, key: string): Fix =>
  (root) => [{ op: 'rename', node: root.get(...path), key }];

test('renaming leaves quotes, value and comments alone', () => {
  assertFixed('a: 1 # c\nb: 2\n', rename(['a'], 'x'), 'x: 1 # c\nb: 2\n');
  assertFixed(
    '"a" : 1\n\'b\': {c: 2}\n',
    (root) => [...rename(['a'], 'x')(root, undefined as never), ...rename(['b', 'c'], 'no')(root, undefined as never)],
    '"x" : 1\n\'b\': {"no": 2}\n',
  );
  assertFixed('- a: &n\n    b: 1\n  c: *n\n', rename([0, 'a'], 'x'), '- x: &n\n    b: 1\n  c: *n\n');
  assertFixed('a:\n', rename(['a'], 'b'), 'b:\n');
  assertRefused('a: 1\nb: 2\n', rename(['a'], 'b'), /there already/);
  assertFixed(
    'a: 1\nb: 2\n',
    (root) => [
      { op: 'remove', node: root.get('b') },
      { op: 'rename', node: root.get('a'), key: 'b' },
      { op: 'set', node: root.get('a'), value: 3 },
    ],
    'b: 3\n',
  );
});

test('a block is indented anew and takes its comments along', () => {
  assertFixed(
    `
    spec:
      # who runs it
      securityContext: # why
        # inner
        runAsUser: 0 # root

        script: |
          one
            two
      containers:
      - name: web
        image: nginx
    `,
    move(['spec', 'securityContext'], ['spec', 'containers', 0, 'securityContext']),
    `
    spec:
      # who runs it
      containers:
      - name: web
        image: nginx
        securityContext: # why
          # inner
          runAsUser: 0 # root

          script: |
            one
              two
    `,
  );
});

test('a paragraph with its comment moves as a whole, missing parents are made, an emptied one goes', () => {
  assertFixed(
    `
    spec:
      template:
        # needed
        allowPrivilegeEscalation: false # c
      containers:
      - name: web
    `,
    move(
      ['spec', 'template', 'allowPrivilegeEscalation'],
      ['spec', 'containers', 0, 'securityContext', 'allowPrivilegeEscalation'],
    ),
    `
    spec:
      containers:
      - name: web
        securityContext:
          # needed
          allowPrivilegeEscalation: false # c
    `,
  );
});

test('into a null or empty parent, and outwards', () => {
  assertFixed(
    'a:\n  b:\n    l:\n    - x\n    - w\n  z: 1\nc: # d\n',
    move(['a', 'b'], ['c', 'b']),
    'a:\n  z: 1\nc: # d\n  b:\n    l:\n    - x\n    - w\n',
  );
  assertFixed(
    'a:\n  b:\n    c:\n      x: >-\n        one\n        two\n  z: 1\n',
    move(['a', 'b', 'c'], ['c']),
    'a:\n  z: 1\nc:\n  x: >-\n    one\n    two\n',
  );
});

test('items of a list', () => {
  assertFixed(
    'l:\n- identity: {}\n- aescbc:\n    keys:\n    - a # c\nz: 1\n',
    move(['l', 0], ['l', 2]),
    'l:\n- aescbc:\n    keys:\n    - a # c\n- identity: {}\nz: 1\n',
  );
  assertFixed('l:\n- a: 1\n  b: 2 # c\n- x\n', move(['l', 0], ['m']), 'l:\n- x\nm:\n  a: 1\n  b: 2 # c\n');
  assertFixed('m:\n  a: 1\n  b: 2 # c\nl:\n- x\n', move(['m'], ['l', 1]), 'l:\n- x\n- a: 1\n  b: 2 # c\n');
});

test('between flow and block', () => {
  assertFixed('a: {b: {c: 1}, d: 2}\ne: 1\n', move(['a', 'b'], ['f']), 'a: {d: 2}\ne: 1\nf: {c: 1}\n');
  assertFixed('a: {d: 2}\nb:\n  c: [x]\n', move(['b'], ['a', 'b']), 'a: {d: 2, b: {c: [x]}}\n');
  assertFixed(
    '{\n  "a": {\n    "b": {\n      "c": 1\n    },\n    "d": 1\n  },\n  "e": 2\n}\n',
    move(['a', 'b'], ['b']),
    '{\n  "a": {\n    "d": 1\n  },\n  "e": 2,\n  "b": {\n    "c": 1\n  }\n}\n',
  );
});

test('moves that cannot be', () => {
  assertRefused('a: 1\nb: 2\n', move(['a'], ['b']), /there already/);
  assertRefused('a:\n  b: 1\n', move(['a'], ['a', 'c']), /itself/);
  assertRefused(
    'a: 1\n---\nb: 2\n',
    (root, file) => [{ op: 'move', from: root.get('a'), to: (file.documents[1]?.root ?? root).get('c') }],
    /another document/,
  );
});
