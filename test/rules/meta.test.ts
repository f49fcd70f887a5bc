// What holds for every rule and every fixture, whoever wrote it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../../server/src/analysis/index.ts';
import { type Rule, rules } from '../../server/src/rules/index.ts';
import { type Fixture, fixturesOf } from '../support/fixtures.ts';
import {
  applyEdits,
  chosenFix,
  filesOf,
  fixEverything,
  fixedValues,
  type JudgedWorkspace,
  judge,
  settingsOf,
} from '../support/judgedWorkspace.ts';

for (const rule of rules) {
  describe(rule.id, () => {
    const fixtures = fixturesOf(rule.id);
    const bad = fixtures.filter((fixture) => fixture.kind === 'bad');

    test('has bad and good fixtures, and the samples of its documentation', () => {
      for (const name of ['bad', 'good']) {
        assert.ok(
          fixtures.some((fixture) => fixture.name === name),
          `test/rules/${rule.id}/${name}.yaml is missing`,
        );
      }
    });

    test('is described in whole sentences', () => assertDescription(rule));

    test('uses each of its messages in a fixture', () => {
      const used = new Set(
        bad.flatMap((fixture) => allFindings(judgeAlone(fixture, rule)).map((found) => found.messageKey)),
      );
      assert.deepEqual([...used].sort(), Object.keys(rule.messages).sort());
    });

    for (const fixture of bad) {
      test(`${fixture.name}: messages and places`, () => {
        const judged = judgeAlone(fixture, rule);
        for (const path of judged.paths) {
          for (const finding of judged.findings(path)) assertFinding(finding, judged.text(path));
        }
      });

      test(`${fixture.name}: each fix changes its own lines only and fixing twice changes nothing`, () => {
        const judged = judgeAlone(fixture, rule);
        for (const finding of allFindings(judged)) assertConfined(finding, judged);
        const once = fixEverything(judged);
        assert.deepEqual(fixEverything(judge(once, { rules: [rule], settings: settingsOf(fixture) })), once);
      });

      test(`${fixture.name}: the fix brings no finding of another rule`, () => assertNothingNew(fixture, rule));
    }
  });
}

function judgeAlone(fixture: Fixture, rule: Rule): JudgedWorkspace {
  return judge(filesOf(fixture), { rules: [rule], settings: settingsOf(fixture) });
}

function allFindings(judged: JudgedWorkspace): readonly Finding[] {
  return judged.paths.flatMap((path) => judged.findings(path));
}

function assertDescription(rule: Rule): void {
  const scaffold = 'FILL IN';
  for (const text of [rule.summary, rule.why, rule.whenNot, ...Object.values(rule.messages)]) {
    assert.notEqual(text.trim(), '');
    assert.ok(!text.includes(scaffold), `still to be written: ${text}`);
  }
  assert.match(rule.summary, /^[^\n]*[^.\n]$/, 'the summary is a phrase without a full stop');
  for (const text of [rule.why, rule.whenNot]) assert.match(text, /\.$/, `no full stop: ${text}`);
  assert.ok(Object.keys(rule.references).length > 0, 'no references');
  for (const message of Object.values(rule.messages)) assertSentence(message);
}

/** One sentence with a full stop, without line breaks, ids and JSON. */
function assertSentence(message: string): void {
  assert.match(message, /^[^\n\r]+\.$/, `not a sentence: ${message}`);
  assert.doesNotMatch(message, /[.!?] [A-Z]/, `more than one sentence: ${message}`);
  assert.doesNotMatch(message, /\{"|\}\}|\bplease\b/i, `JSON or begging: ${message}`);
  for (const rule of rules) assert.ok(!message.includes(rule.id), `an id in the message: ${message}`);
}

function assertFinding(finding: Finding, text: string): void {
  const preferred = finding.fixes().filter((fix) => fix.isPreferred === true);
  assert.ok(preferred.length <= 1, `more than one preferred fix: ${finding.message}`);
  assert.ok(!preferred.some((fix) => fix.fixClass === 'input'), `a scaffold is preferred: ${finding.message}`);
  assertSentence(finding.message);
  assert.doesNotMatch(finding.message, /\{\w+\}|undefined|\[object/, `a blank left in: ${finding.message}`);
  const { start, end } = finding.range;
  const lines = text.split(/\r\n|\n/);
  assert.equal(start.line, end.line, `a range over several lines: ${finding.message}`);
  assert.ok(start.character < end.character, `an empty range: ${finding.message}`);
  assert.ok(end.character <= (lines[end.line] ?? '').length, `a range beyond its line: ${finding.message}`);
}

/**
 * The edits of one fix leave every line alone that they do not have to do with: no edit replaces a text by one that
 * begins or ends with a line of the old.
 */
function assertConfined(finding: Finding, judged: JudgedWorkspace): void {
  const fix = chosenFix(finding);
  const path = judged.paths.find((candidate) => finding.uri.endsWith(`/${candidate}`)) ?? '';
  const before = judged.text(path);
  if (fix === undefined) return;
  const plan = judged.workspace.planFix(finding.uri, fix, fixedValues);
  if (plan.kind === 'refused') throw new Error(`"${fix.title}" is refused: ${plan.reason}`);
  let last = 0;
  for (const edit of plan.edits) {
    assert.ok(edit.start >= last && edit.end >= edit.start && edit.end <= before.length, 'edits are sorted and apart');
    last = edit.end;
    const old = before.slice(edit.start, edit.end).split(/(?<=\n)/);
    const made = edit.text.split(/(?<=\n)/);
    if (old.length > 1 && made.length > 1) assert.notEqual(old[0], made[0], `an edit repeats the line ${old[0]}`);
  }
  const after = applyEdits(before, plan.edits);
  const lineEnding = before.includes('\r\n') ? /(?<!\r)\n/ : /\r/;
  assert.doesNotMatch(after, lineEnding, 'a fix keeps the line endings');
}

/** With every rule switched on, none speaks more often after the fix than before it, save those that are revealed. */
function assertNothingNew(fixture: Fixture, rule: Rule): void {
  const settings =
    fixture.files[0]?.settings.version === undefined ? {} : { version: fixture.files[0].settings.version };
  const counts = (files: ReadonlyMap<string, string>): ReadonlyMap<string, number> => {
    const byRule = new Map<string, number>();
    for (const { ruleId } of allFindings(judge(files, { settings }))) byRule.set(ruleId, (byRule.get(ruleId) ?? 0) + 1);
    return byRule;
  };
  if (fixture.fixed === undefined) return;
  const before = counts(filesOf(fixture));
  for (const [ruleId, count] of counts(fixture.fixed)) {
    if (rule.reveals?.some((id) => id === ruleId) === true) continue;
    assert.ok(count <= (before.get(ruleId) ?? 0), `after the fix ${ruleId} speaks more often`);
  }
}
