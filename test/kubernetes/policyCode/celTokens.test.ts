import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { celTokens } from '../../../server/src/kubernetes/policyCode/celTokens.ts';
import { pathOf, readReferences } from '../../../server/src/kubernetes/policyCode/codeReference.ts';
import { matchBrackets } from '../../../server/src/kubernetes/policyCode/codeToken.ts';

test('strings of every form stand for their text', () => {
  const forms: Readonly<Record<string, string>> = {
    '"a"': 'a',
    "'it\"s'": 'it"s',
    '"a\\n\\x41\\u0042\\U00000043\\104\\""': 'a\nABCD"',
    "r'a\\n'": 'a\\n',
    'R"""a\n"b"""': 'a\n"b',
    "'''it's\nall'''": "it's\nall",
    "b'bytes'": 'bytes',
    'rb"raw\\"': 'raw\\',
    '"\\U00110000"': '',
  };
  for (const [written, value] of Object.entries(forms)) {
    const tokens = celTokens(`${written} == x`);
    assert.deepEqual([tokens[0]?.kind, tokens[0]?.value, tokens[1]?.text], ['string', value, '=='], written);
  }
});

test('comments, operators, numbers and names', () => {
  const words = celTokens('a.b[0] >= 0x1Fu && !c.d("x") // e == "f"\n|| 1.5e3 in [2u]').map(({ text }) => text);
  assert.deepEqual(
    words,
    [
      'a',
      '.',
      'b',
      '[',
      '0',
      ']',
      '>=',
      '0x1Fu',
      '&&',
      '!',
      'c',
      '.',
      'd',
      '(',
      '"x"',
      ')',
      '||',
      '1.5e3',
      'in',
    ].concat(['[', '2u', ']']),
  );
});

test('references run through fields and indices, macros included', () => {
  const tokens = celTokens('object.spec["containers"].all(c, c.image[i].startsWith(variables.prefix))');
  const partners = matchBrackets(tokens);
  assert.ok(partners);
  assert.deepEqual(readReferences(tokens, partners).map(pathOf), [
    'object.spec.containers.all',
    'c',
    'c.image.*.startsWith',
    'i',
    'variables.prefix',
  ]);
});

test('tokens stand where they say, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '"""', "r'", '\\', '//'), (text, piece) => {
      const code = text + piece + text;
      for (const { text: written, from, to } of celTokens(code)) assert.equal(code.slice(from, to), written);
    }),
  );
});
