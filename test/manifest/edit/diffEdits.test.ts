import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, diffEdits } from '../../../server/src/manifest/index.ts';

test('edits are trimmed to what differs', () => {
  assert.deepEqual(diffEdits('a: 1\nb: 2\n', 'a: 1\nb: 2\n'), []);
  assert.deepEqual(diffEdits('a: 1\nb: 2\n', 'a: 1\nx: 0\nb: 2\n'), [{ start: 5, end: 5, text: 'x: 0\n' }]);
  assert.deepEqual(diffEdits('a: true\nb: true\n', 'a: false\nb: true\n'), [{ start: 3, end: 6, text: 'fals' }]);
  assert.deepEqual(diffEdits('a: 1', 'a: 1\nb: 2'), [{ start: 4, end: 4, text: '\nb: 2' }]);
});

test('line ends and characters of two units are not cut in half', () => {
  for (const [before, after] of [
    ['a\r\n', 'a\n'],
    ['x\u{1F600}', 'x\u{1F601}'],
    ['\u{1F600}x', '\u{1FA00}x'],
  ] as const) {
    for (const { start, end } of diffEdits(before, after)) {
      for (const offset of [start, end]) {
        assert.doesNotMatch(
          before.slice(Math.max(0, offset - 1), offset + 1),
          /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/,
        );
      }
    }
    assert.equal(applyEdits(before, diffEdits(before, after)), after);
  }
});

test('any two texts', () => {
  const anyText = fc
    .array(fc.constantFrom('a\n', 'b\n', 'b: c\n', 'c\r\n', '', 'd'), { maxLength: 30 })
    .map((lines) => lines.join(''));
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      assert.equal(applyEdits(before, diffEdits(before, after)), after);
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test('a change in each of 2,000 alike documents gives small edits', () => {
  const document = (index: number, value: string): string =>
    `kind: Pod\nname: p${index}\nspec:\n  privileged: ${value}\n  x: 1\n---\n`;
  const text = (value: string): string => Array.from({ length: 2000 }, (_, index) => document(index, value)).join('');
  const edits = diffEdits(text('true'), text('false'));
  assert.equal(edits.length, 2000);
  assert.equal(applyEdits(text('true'), edits), text('false'));
});
