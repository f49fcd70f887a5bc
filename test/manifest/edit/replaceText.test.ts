import { test } from 'node:test';
import { assertFixed, assertRefused, type Fix } from './editing.ts';

/** Replaces the first occurrence of `old` in the string at `a`. */
const replace =
  (old: string, text: string): Fix =>
  (root) => {
    const node = root.get('a');
    const from = node.string?.indexOf(old) ?? 0;
    return [{ op: 'replaceText', node, from, to: from + old.length, text }];
  };

test('in plain text, quoted only where it would change its meaning', () => {
  assertFixed('a: --x=true # c\n', replace('true', 'false'), 'a: --x=false # c\n');
  assertFixed('a: -x=true\n', replace('-', '--'), 'a: --x=true\n');
  assertFixed('a: xyes\n', replace('x', ''), 'a: "yes"\n');
  assertFixed('a: one two\n', replace(' two', ': 2'), 'a: "one: 2"\n');
  assertFixed('a: one two\n', replace('one two', ''), 'a: ""\n');
  assertFixed(
    'l: 1\na: [x]\n',
    (root) => [{ op: 'replaceText', node: root.get('a', 0), from: 1, to: 1, text: ',b' }],
    'l: 1\na: ["x,b"]\n',
  );
});

test('in quotes, with their escapes', () => {
  assertFixed("a: 'it''s x'\n", replace('x', "y'z"), "a: 'it''s y''z'\n");
  assertFixed('a: "\\x41 \\u00e9 x"\n', replace('x', 'q"\\\n'), 'a: "\\x41 \\u00e9 q\\"\\\\\\n"\n');
  assertFixed('a: "\\x41\\tb"\n', replace('A\t', ''), 'a: "b"\n');
  assertFixed("a: 'x y'\n", replace(' ', '\n'), 'a: |-\n  x\n  y\n');
});

test('in block scalars', () => {
  assertFixed(
    'a: |\n  set -e\n  run --x=true\nb: 1\n',
    replace('true', 'false'),
    'a: |\n  set -e\n  run --x=false\nb: 1\n',
  );
  assertFixed('a: |\n  one\n  two\nb: 1\n', replace('e\nt', 'e\n\n  x\nt'), 'a: |\n  one\n\n    x\n  two\nb: 1\n');
  assertFixed('a: |\n  one\n  two\n', replace('\ntwo', ''), 'a: |\n  one\n');
  assertFixed('a: >-\n  run --x=true\n  --y=1\n', replace('true', 'false'), 'a: >-\n  run --x=false\n  --y=1\n');
});

test('several replacements in one string count in the first text', () => {
  assertFixed(
    'a: aa bb cc\n',
    (root) => {
      const node = root.get('a');
      return [
        { op: 'replaceText', node, from: 0, to: 2, text: 'xxxx' },
        { op: 'replaceText', node, from: 6, to: 8, text: '' },
        { op: 'replaceText', node, from: 3, to: 5, text: 'z' },
      ];
    },
    'a: "xxxx z "\n',
  );
  assertRefused(
    'a: aa bb\n',
    (root) => {
      const node = root.get('a');
      return [
        { op: 'replaceText', node, from: 0, to: 3, text: 'x' },
        { op: 'replaceText', node, from: 2, to: 4, text: 'w' },
      ];
    },
    /same characters/,
  );
  assertRefused(
    'a: 5\n',
    (root) => [{ op: 'replaceText', node: root.get('a'), from: 0, to: 1, text: 'x' }],
    /not written/,
  );
});
