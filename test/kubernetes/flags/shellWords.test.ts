import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseShellScript } from '../../../server/src/kubernetes/index.ts';

function words(script: string): readonly (readonly string[])[] {
  return parseShellScript(script).commands.map((command) => command.map(({ text }) => text));
}

const cases: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['a b  c', [['a', 'b', 'c']]],
  ['a \'b c\' "d e"f', [['a', 'b c', 'd ef']]],
  ['a \\\n  b', [['a', 'b']]],
  ['a \\\r\n  b', [['a', 'b']]],
  ['a\\ b "c\\"d" \'e\\f\'', [['a b', 'c"d', 'e\\f']]],
  ['a && b || c; d | e & f\ng', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
  ['# note\na # note\nb#c', [['a'], ['b#c']]],
  ['a > out 2>&1 < in b', [['a', 'b']]],
  ['a &> out b', [['a', 'b']]],
  ['a 1>>/dev/null 2b', [['a', '2b']]],
  ['(a; b)', [['a'], ['b']]],
  ['a ""', [['a', '']]],
  ['a $', [['a', '$']]],
  ['', []],
];

for (const [script, expected] of cases) {
  test(`splits ${JSON.stringify(script)}`, () => {
    assert.deepEqual(words(script), expected);
    assert.equal(parseShellScript(script).isReadable, true);
  });
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own braces
const withDefault = '${V:-w x}';

test('marks words with expansions, and no others', () => {
  const script = `a $X "b$Y" '$Z' $(cat file; date) ${withDefault} \`id -u\` \\$N "$@" c`;
  const [command] = parseShellScript(script).commands;
  assert.deepEqual(
    command?.map(({ text, hasExpansion }) => `${text}${hasExpansion ? ' !' : ''}`),
    ['a', '$X !', 'b$Y !', '$Z', '$(cat file; date) !', `${withDefault} !`, '`id -u` !', '$N', '$@ !', 'c'],
  );
});

test('maps characters back through quotes and escapes', () => {
  const script = "a --b='c d'\\ e";
  const word = parseShellScript(script).commands[0]?.[1];
  assert.equal(word?.text, '--b=c d e');
  assert.deepEqual(
    word.offsets.slice(0, -1).map((offset) => script.charAt(offset)),
    [...word.text],
  );
  assert.equal(word.offsets.at(-1), script.length);
});

test('says when it could not read on', () => {
  for (const script of ["a 'b", 'a "b', 'a $(b', 'a ${b', 'a `b', 'cat <<EOF\na\nEOF']) {
    assert.equal(parseShellScript(script).isReadable, false, script);
  }
});
