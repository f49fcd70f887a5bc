import { test } from 'node:test';
import { assertFixed, assertRefused, type Fix } from './editing.ts';

const remove =
  (...path: (string | number)[]): Fix =>
  (root) => [{ op: 'remove', node: root.get(...path) }];
const removeAndKeep =
  (...path: (string | number)[]): Fix =>
  (root) => [{ op: 'remove', node: root.get(...path), keepEmptyParent: true }];

test('a pair goes with its lines and its trailing comment, what is around it stays', () => {
  assertFixed('a: 1\nb: # c\n  x: 1\n  # in\n  w: 2 # d\n\n# after\nc: 3\n', remove('b'), 'a: 1\n\n# after\nc: 3\n');
  assertFixed('a: 1\nb: |+\n  x\n\nc: 3\n', remove('b'), 'a: 1\nc: 3\n');
  assertFixed('a: 1\nb: 2', remove('b'), 'a: 1');
  assertFixed('a: |\n  x\nb: 2', remove('b'), 'a: |\n  x\n');
});

test('comments above go along if they clearly belong to the pair', () => {
  assertFixed('a:\n  x: 1\n\n  # why\n  # so\n  w: 2\n\n  z: 3\n', remove('a', 'w'), 'a:\n  x: 1\n\n\n  z: 3\n');
  assertFixed('a:\n  # w is needed\n  wide: 2\n  z: 3\n', remove('a', 'wide'), 'a:\n  # w is needed\n  z: 3\n');
  assertFixed('a:\n  # wide is needed\n  wide: 2\n  z: 3\n', remove('a', 'wide'), 'a:\n  z: 3\n');
  assertFixed('a:\n  z: 3\n  # why\n  w: 2\nb: 1\n', remove('a', 'w'), 'a:\n  z: 3\nb: 1\n');
  assertFixed('# licence\na: 1\n\nb: 2\n', remove('a'), '# licence\n\nb: 2\n');
});

test('an emptied parent goes too, and what that empties', () => {
  const text = 'name: x\nsc:\n  capabilities:\n    drop:\n    - ALL\nz: 1\n';
  assertFixed(text, remove('sc', 'capabilities', 'drop', 0), 'name: x\nz: 1\n');
  assertFixed(
    text,
    removeAndKeep('sc', 'capabilities', 'drop', 0),
    'name: x\nsc:\n  capabilities:\n    drop: []\nz: 1\n',
  );
  assertFixed('a: # c\n  b: 1 # d\nz: 1\n', removeAndKeep('a', 'b'), 'a: {} # c\nz: 1\n');
  assertFixed('a: {b: [c]}\nz: 1\n', remove('a', 'b', 0), 'z: 1\n');
  assertFixed('a: {b: [c]}\nz: 1\n', removeAndKeep('a', 'b', 0), 'a: {b: []}\nz: 1\n');
  assertFixed('# c\na: 1\n', remove('a'), '# c\n{}\n');
  assertFixed('a: &n\n  b: 1\nz: 1\n', removeAndKeep('a', 'b'), 'a: &n {}\nz: 1\n');
});

test('items, with the key on the dash line', () => {
  const text = 'l:\n- name: a\n  image: b\n- name: c\n';
  assertFixed(text, remove('l', 0), 'l:\n- name: c\n');
  assertFixed(text, remove('l', 1), 'l:\n- name: a\n  image: b\n');
  assertFixed(text, remove('l', 0, 'name'), 'l:\n- image: b\n- name: c\n');
  assertFixed('l:\n- name: a\n\n  # about\n  image: b\n', remove('l', 0, 'name'), 'l:\n- # about\n  image: b\n');
  assertFixed('l:\n- name: # c\n    x: 1\n  image: b\n', remove('l', 0, 'name'), 'l:\n- image: b\n');
  assertFixed(text, remove('l', 1, 'name'), 'l:\n- name: a\n  image: b\n');
  assertFixed('- - a\n  - b\n- c\n', remove(0, 0), '- - b\n- c\n');
});

test('several items of one list, by their first indices', () => {
  const text = 'l:\n- a\n- b\n- c\n- d\n';
  assertFixed(text, (root) => [0, 2].map((index) => ({ op: 'remove', node: root.get('l', index) })), 'l:\n- b\n- d\n');
  assertFixed(text, (root) => [0, 1, 2, 3].map((index) => ({ op: 'remove', node: root.get('l', index) })), '{}\n');
});

test('in flow collections one comma goes along', () => {
  assertFixed('a: [x, "w", z]\n', remove('a', 0), 'a: ["w", z]\n');
  assertFixed('a: [x, "w", z]\n', remove('a', 1), 'a: [x, z]\n');
  assertFixed('a: [x, "w", z]\n', remove('a', 2), 'a: [x, "w"]\n');
  assertFixed('a: [x, "w", ]\n', remove('a', 1), 'a: [x, ]\n');
  assertFixed('a: { x: 1, w: 2 }\n', remove('a', 'w'), 'a: { x: 1 }\n');
  assertFixed('{\n  "a": 1,\n  "b": {\n    "c": 1\n  },\n  "d": 2\n}\n', remove('b'), '{\n  "a": 1,\n  "d": 2\n}\n');
  assertFixed('{\n  "a": 1,\n  "b": {\n    "c": 1\n  }\n}\n', remove('b', 'c'), '{\n  "a": 1\n}\n');
  assertFixed('a: [\n  x, # 1\n  w, # 2\n  z # 3\n]\n', remove('a', 2), 'a: [\n  x, # 1\n  w # 2\n]\n');
  assertFixed('a: [\n  x, # 1\n  w, # 2\n  z # 3\n]\n', remove('a', 1), 'a: [\n  x, # 1\n  z # 3\n]\n');
});

test('a removal that would empty a parent waits for what is set there', () => {
  assertFixed(
    'sc:\n  runAsRoot: true\nz: 1\n',
    (root) => [
      { op: 'remove', node: root.get('sc', 'runAsRoot') },
      { op: 'set', node: root.get('sc', 'runAsNonRoot'), value: true },
    ],
    'sc:\n  runAsNonRoot: true\nz: 1\n',
  );
  assertFixed(
    'l:\n- a\nz: 1\n',
    (root) => [
      { op: 'remove', node: root.get('l', 0) },
      { op: 'insert', list: root.get('l'), index: 0, value: 'b' },
    ],
    'l:\n- b\nz: 1\n',
  );
});

test('what aliases need and what actions hold is not removed', () => {
  assertRefused('a: &x 1\nb: *x\n', remove('a'), /alias elsewhere/);
  assertRefused('a: {{ .Values.a }}\nb: 1\n', remove('a'), /Helm/);
  assertRefused('a:\n  b: {{ .Values.a }}\nc: 1\n', remove('a'), /Helm/);
  assertRefused('a: 1\n', remove(), /whole document/);
  assertRefused('? a\n: 1\n? b\n: 2\n', remove('b'), /layout/);
  // The earlier of two equal keys would come to life.
  assertRefused('a: 1\nb: 2\na: 3\n', remove('a'), /layout/);
});
