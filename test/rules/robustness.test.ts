// Texts as they are while somebody types: no rule throws on any of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rules } from '../../server/src/rules/index.ts';
import { fixturesOf } from '../support/fixtures.ts';
import { chosenFix, fixedValues, judge } from '../support/judgedWorkspace.ts';

const texts = rules.flatMap((rule) => fixturesOf(rule.id).flatMap((fixture) => fixture.files.map((file) => file.text)));

/** What people and editors put between two characters. */
const insertions = [
  '',
  '\n',
  ' ',
  '  ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '|',
  '&a ',
  '*a',
  '<<: ',
  '{{ .x }}',
  '\t',
  '\r\n',
  '---\n',
  'null',
  '~',
  '0',
  'true',
];

test('cut, doubled and broken fixtures make no rule and no fix throw', () => {
  const edit = fc.record({ at: fc.nat(), cut: fc.nat({ max: 40 }), insert: fc.constantFrom(...insertions) });
  const broken = fc.tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(broken, ([text, edits]) => {
      let result = text;
      for (const { at, cut, insert } of edits) {
        const start = at % (result.length + 1);
        result = result.slice(0, start) + insert + result.slice(start + cut);
      }
      const judged = judge(new Map([['typed.yaml', result]]));
      for (const finding of judged.findings('typed.yaml')) {
        assert.notEqual(finding.message, '');
        const fix = chosenFix(finding);
        if (fix !== undefined) judged.workspace.planFix(finding.uri, fix, fixedValues);
      }
    }),
    { numRuns: 400 },
  );
});
