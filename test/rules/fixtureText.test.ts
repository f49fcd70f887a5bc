// The format of fixtures, so that a mark cannot be overlooked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExpectedJson, readFixtureText } from '../support/fixtureText.ts';

test('marks say where and what, and are taken out', () => {
  const { text, expected } = readFixtureText(
    'a: 1\nb:\n  - c: true\n#      ^^^^ "it is "true" here"\n  #^ info "begins"\nd: 2\n',
  );
  assert.equal(text, 'a: 1\nb:\n  - c: true\nd: 2\n');
  assert.deepEqual(expected, [
    { line: 2, start: 7, end: 11, message: 'it is "true" here' },
    { line: 2, start: 3, end: 4, message: 'begins', severity: 'info' },
  ]);
});

test('an arrow marks a range that begins under the #', () => {
  assert.deepEqual(readFixtureText('kind: Pod\n#<--- "x"\n').expected, [{ line: 0, start: 0, end: 4, message: 'x' }]);
});

test('CRLF, a byte order mark and settings are kept apart', () => {
  const { text, expected, settings } = readFixtureText(
    '\uFEFF# settings: kubernetesVersion=1.24 options={"allowed": ["a b"]}\r\na: 1\r\n#  ^ "x"\r\nb: 2\r\n',
  );
  assert.equal(text, '\uFEFFa: 1\r\nb: 2\r\n');
  assert.deepEqual(expected, [{ line: 0, start: 3, end: 4, message: 'x' }]);
  assert.deepEqual(settings, { version: { minor: 24 }, options: { allowed: ['a b'] } });
});

test('a mark that cannot be read is an error, an ordinary comment is none', () => {
  assert.throws(() => readFixtureText('a: 1\n#  ^ no quotes\n'), /Cannot read the mark/);
  assert.throws(() => readFixtureText('# settings: version=3\n'), /Cannot read the settings/);
  assert.equal(readFixtureText('a: 1\n# a comment\n').text, 'a: 1\n# a comment\n');
});

test('expected.json names line and characters', () => {
  const json = '[{"line": 2, "text": "true", "message": "m", "severity": "info"}]';
  assert.deepEqual(readExpectedJson(json, '{\n  "a": true\n}'), [
    { line: 1, start: 7, end: 11, message: 'm', severity: 'info' },
  ]);
  assert.throws(
    () => readExpectedJson('[{"line": 1, "text": "true", "message": "m"}]', '{\n  "a": true\n}'),
    /does not hold/,
  );
});
