import { diffEdits, type ManifestFile, type TextEdit, type ValueSource } from '../../manifest/index.ts';
import type { Fix } from '../../rules/index.ts';
import type { Finding } from '../finding.ts';
import type { FixAllRequest, FixAllResult } from '../workspace.ts';
import { planFix } from './planFix.ts';

/** Rounds after which a text that still changes is left as it is; every round applies at least one fix. */
const mostRounds = 50;

/**
 * Applies fixes and judges again until nothing is left or nothing changes. Fixes that would touch the same characters
 * wait for the next round, where they are planned against the text as it then is.
 */
export function fixAll(
  original: ManifestFile,
  judge: (file: ManifestFile) => readonly Finding[],
  request: FixAllRequest,
  values: ValueSource,
): FixAllResult {
  let file = original;
  const applied: { ruleId: string; title: string }[] = [];
  let refused: Refusal[] = [];
  const seen = new Set([original.text]);
  for (let round = 0; round < mostRounds; round++) {
    const plan = planRound(file, judge(file), request, values);
    refused = plan.refused;
    const [first] = plan.planned;
    if (first === undefined) break;
    let taken = plan.planned;
    let next = file.edit(inReverse(taken.flatMap(({ edits }) => edits)));
    if (problemsIn(next) > problemsIn(file)) {
      // Each was planned as if it were the only one: two may have begun the same map, for instance.
      taken = [first];
      next = file.edit(inReverse(first.edits));
    }
    // Two fixes that undo each other would go on for ever; the last text that was new stands.
    if (seen.has(next.text)) break;
    seen.add(next.text);
    file = next;
    applied.push(...taken.map(({ ruleId, title }) => ({ ruleId, title })));
  }
  return { text: file.text, edits: diffEdits(original.text, file.text), applied, refused };
}

type Refusal = FixAllResult['refused'][number];

interface Round {
  readonly planned: PlannedFix[];
  readonly refused: Refusal[];
}

interface PlannedFix {
  readonly ruleId: string;
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

function planRound(
  file: ManifestFile,
  findings: readonly Finding[],
  { classes, select }: FixAllRequest,
  values: ValueSource,
): Round {
  const round: Round = { planned: [], refused: [] };
  const taken: TextEdit[] = [];
  for (const finding of findings) {
    if (select !== undefined && !select(finding)) continue;
    const fix = chooseFix(finding.fixes(), classes);
    if (fix === undefined) continue;
    const plan = planFix(file, fix, values);
    const { ruleId } = finding;
    if (plan.kind === 'refused') round.refused.push({ ruleId, reason: plan.reason });
    else if (plan.newFiles.length > 0) round.refused.push({ ruleId, reason: 'The fix needs another file.' });
    else {
      const edits = plan.edits.map((edit) => withSpaceAround(edit, file.text));
      if (edits.length === 0 || edits.some((edit) => touchesAny(edit, taken))) continue;
      taken.push(...edits);
      round.planned.push({ ruleId, title: fix.title, edits: plan.edits });
    }
  }
  return round;
}

/** The best fix of the classes asked for; rules list the best first. */
function chooseFix(fixes: readonly Fix[], classes: FixAllRequest['classes']): Fix | undefined {
  const allowed = fixes.filter(({ fixClass }) => (classes as readonly string[]).includes(fixClass));
  return allowed.find((fix) => fix.isPreferred) ?? allowed[0];
}

/** Edits are minimal, and indentation and line breaks that one leaves alone may mean something else after it. */
function withSpaceAround({ start, end, text }: TextEdit, before: string): TextEdit {
  let from = start;
  let to = end;
  while (isSpace(before[from - 1])) from--;
  while (isSpace(before[to])) to++;
  return { start: from, end: to, text };
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

function problemsIn(file: ManifestFile): number {
  return file.documents.reduce((sum, { problems }) => sum + problems.length, 0);
}

/** Edits that only meet are kept apart as well: the order of two insertions at one place cannot be told. */
function touchesAny(edit: TextEdit, edits: readonly TextEdit[]): boolean {
  return edits.some((other) => edit.start <= other.end && other.start <= edit.end);
}

/** From the end of the text, so that each edit's offsets hold when it is applied. */
function inReverse(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => b.start - a.start);
}
