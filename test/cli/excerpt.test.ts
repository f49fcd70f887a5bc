import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptOf } from '../../server/src/cli/report/excerpt.ts';
import { terminalWidth, visible } from '../../server/src/cli/report/terminalText.ts';

function range(from: number, to: number, lines = 0) {
  return { start: { line: 3, character: from }, end: { line: 3 + lines, character: to } };
}

test('carets stand under what they mark', () => {
  assert.deepEqual(excerptOf('  privileged: true', range(14, 18)), {
    source: '  privileged: true',
    padding: ' '.repeat(14),
    carets: '^^^^',
  });
});

test('tabs, wide characters and ranges over several lines', () => {
  assert.deepEqual(excerptOf('\tname: x', range(7, 8)).padding, '\t      ');
  assert.equal(excerptOf('注: x', range(3, 4)).padding.length, 4);
  assert.equal(excerptOf('command: [a,', range(9, 2, 2)).carets, '^^^');
  assert.equal(excerptOf('x', range(40, 50)).carets, '^');
});

test('a long line is cut around the mark', () => {
  const line = `{"a": "${'x'.repeat(5000)}", "privileged": true, "b": "${'y'.repeat(5000)}"}`;
  const start = line.indexOf('true');
  const excerpt = excerptOf(line, range(start, start + 4));
  assert.ok(excerpt.source.length < 130);
  assert.equal(excerpt.source.slice(excerpt.padding.length, excerpt.padding.length + 4), 'true');
  assert.ok(excerpt.source.startsWith('…') && excerpt.source.endsWith('…'));
});

test('control characters of a manifest never reach the terminal', () => {
  assert.equal(visible('a\u001B[31mb\u202Ec\td\r'), 'a\u241B[31mb\uFFFDc\td\u240D');
  assert.equal(terminalWidth('e\u0301'), 1);
  assert.equal(terminalWidth('🚀'), 2);
});
