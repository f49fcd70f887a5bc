// Every fixture yields what is marked in it, and its fix the exact text beside it. See README.md here.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../../server/src/analysis/index.ts';
import { type Rule, rules } from '../../server/src/rules/index.ts';
import { type Fixture, fixturesOf } from '../support/fixtures.ts';
import type { ExpectedFinding } from '../support/fixtureText.ts';
import {
  chosenFix,
  filesOf,
  fixEverything,
  type JudgedWorkspace,
  judge,
  settingsOf,
} from '../support/judgedWorkspace.ts';

for (const rule of rules) {
  describe(rule.id, () => {
    for (const fixture of fixturesOf(rule.id)) {
      test(fixture.name, () => {
        const judged = judge(filesOf(fixture), { rules: [rule], settings: settingsOf(fixture) });
        assertFindings(judged, fixture, rule);
        assertFixed(judged, fixture);
      });
    }
  });
}

function assertFindings(judged: JudgedWorkspace, fixture: Fixture, rule: Rule): void {
  for (const file of fixture.files) {
    const actual = judged.findings(file.path).map((finding) => seen(finding));
    const expected = file.expected.toSorted((a, b) => a.line - b.line || a.start - b.start);
    const aligned = expected.map((mark, index) => wanted(mark, rule, actual[index]?.message));
    assert.deepEqual(actual, aligned, `findings in ${file.path}`);
  }
  const count = fixture.files.reduce((sum, file) => sum + file.expected.length, 0);
  if (fixture.kind === 'good') assert.equal(count, 0, 'a good fixture marks no finding');
  else assert.notEqual(count, 0, 'a bad fixture marks a finding');
}

interface Seen {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: string;
  readonly message: string;
}

function seen({ range, severity, message }: Finding): Seen {
  const end = range.end.line === range.start.line ? range.end.character : Number.POSITIVE_INFINITY;
  return { line: range.start.line + 1, start: range.start.character, end, severity, message };
}

/** As {@link seen}; the whole message where the mark's part of it is in it. */
function wanted(mark: ExpectedFinding, rule: Rule, message: string | undefined): Seen {
  const severity = mark.severity ?? rule.severity;
  const whole = message?.includes(mark.message) ? message : mark.message;
  return { line: mark.line + 1, start: mark.start, end: mark.end, severity, message: whole };
}

function assertFixed(judged: JudgedWorkspace, fixture: Fixture): void {
  const isFixable = judged.paths.some((path) =>
    judged.findings(path).some((finding) => chosenFix(finding) !== undefined),
  );
  if (fixture.fixed === undefined) {
    assert.equal(isFixable, false, 'a fix is offered, so the text after it must stand beside the fixture');
    return;
  }
  assert.equal(isFixable, true, 'a fixed text stands beside the fixture, but no fix is offered');
  assert.deepEqual(Object.fromEntries(fixEverything(judged)), Object.fromEntries(fixture.fixed));
}
