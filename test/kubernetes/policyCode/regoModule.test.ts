import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { pathOf } from '../../../server/src/kubernetes/policyCode/codeReference.ts';
import { parseRegoModule, type RegoRule } from '../../../server/src/kubernetes/policyCode/regoModule.ts';
import { newSyntax, oldHeads } from '../../../server/src/kubernetes/policyCode/regoSyntax.ts';
import { regoTokens } from '../../../server/src/kubernetes/policyCode/regoTokens.ts';
import { parseManifest } from '../../../server/src/manifest/index.ts';
import { fixturesRoot } from '../../support/fixtures.ts';

/** What was read of a rule, in its own words. */
function describe(code: string): readonly string[] {
  const module = parseRegoModule(`package p\n${code}`);
  assert.ok(module);
  const words = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    module.tokens
      .slice(from, to)
      .map(({ text }) => text)
      .join(' ');
  const describeRule = ({ name, key, hasValue, bodies }: RegoRule): string => {
    const keyText = key === undefined ? '' : key.isBracketed ? `[${words(key)}]` : ` contains ${words(key)}`;
    const bodyTexts = bodies.map((body) => `${body.hasIf ? ' if' : ''} <${words(body)}>`);
    return `${name}${keyText}${hasValue ? ' =' : ''}${bodyTexts.join('')}`;
  };
  return module.rules.map(describeRule);
}

test('rules of both syntaxes', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'deny[msg] { msg := "no" }': ['deny[msg] <msg := "no">'],
    'deny contains msg if { msg := "no" }': ['deny contains msg if <msg := "no">'],
    'deny contains msg if msg := f({"a": 1})[0]\nallow if true': [
      'deny contains msg if <msg := f ( { "a" : 1 } ) [ 0 ]>',
      'allow if <true>',
    ],
    'allow { a; b } else = false { c }': ['allow <a ; b> <c>'],
    'allow := 1 if a\nelse := 2 if {\n  b\n}': ['allow = if <a> if <b>'],
    'a { b } { c }': ['a <b> <c>'],
    'f(x, {"a": y}) = {"k": x} { y }': ['f = <y>'],
    'm[k] = v { v := i[k] }': ['m[k] = <v := i [ k ]>'],
    'c := {"a": {"b": 1}}\nd = [1,\n  2]\ne["x"]': ['c =', 'd =', 'e["x"]'],
    'allow if {x | x := a[_]} == {1}': ['allow if <{ x | x := a [ _ ] } == { 1 }>'],
    'default allow = false\na.b.c if x': ['a.b.c if <x>'],
    'x := a +\n  b\ny if not z with input as {}': ['x =', 'y if <not z with input as { }>'],
    's := `a {\n# b`\nt := "#{"': ['s =', 't ='],
    '': [],
  };
  for (const [code, rules] of Object.entries(cases)) assert.deepEqual(describe(code), rules, code);
});

test('package, imports and references', () => {
  const module = parseRegoModule(
    [
      '# head',
      'package kubernetes["admission"]',
      'import data.lib.x as y # behind',
      'import future.keywords.in',
      '',
      'a { input.review.object.spec.containers[_].image == x["y"].z; b [1] }',
    ].join('\n'),
  );
  assert.equal(module?.package, 'kubernetes.admission');
  assert.deepEqual(module?.imports, ['data.lib.x', 'future.keywords.in']);
  assert.equal(module?.code.slice(0, module.importsEnd).endsWith('keywords.in'), true);
  const paths = module?.references.map(pathOf) ?? [];
  assert.ok(paths.includes('input.review.object.spec.containers.*.image'));
  assert.ok(paths.includes('x.y.z'));
  assert.ok(paths.includes('b'), 'an array after a blank is no index');
});

test('what is no module is not read', () => {
  for (const code of ['', 'deny { true }', 'package a\nb {', 'package a\nb ]', 'package a\n"']) {
    const module = parseRegoModule(code);
    assert.ok(module === undefined || module.rules.length === 0, code);
  }
});

test('tokens stand where they say, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'a["', '`', '$"', ':=', '{'), (text, piece) => {
      const code = text + piece + text;
      for (const { text: written, from, to } of regoTokens(code)) assert.equal(code.slice(from, to), written);
    }),
  );
});

test('a module that is cut or broken anywhere makes nothing throw and nothing hang', () => {
  const text = readFileSync(join(fixturesRoot, 'image/rego-v0-syntax/bad-forms.yaml'), 'utf8');
  const node = parseManifest(text).documents[0]?.root.get('data', 'forms.rego');
  const code = node?.string ?? '';
  assert.ok(node !== undefined && code.length > 500);
  const insert = fc.constantFrom(
    '',
    '{',
    '}',
    '[',
    '(',
    ')',
    'if',
    '=',
    ':=',
    'contains',
    'else',
    '"',
    '`',
    '\n',
    ',',
    '|',
  );
  fc.assert(
    fc.property(fc.nat(code.length), fc.nat(40), insert, (start, length, inserted) => {
      const module = parseRegoModule(code.slice(0, start) + inserted + code.slice(start + length));
      if (module === undefined) return;
      oldHeads(module);
      newSyntax({ node, module, engine: 'opa', version: undefined, libraries: [] });
    }),
    { numRuns: 2000 },
  );
});
