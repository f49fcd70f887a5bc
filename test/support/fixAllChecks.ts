import type { FixAllRequest } from '../../server/src/analysis/index.ts';
import { parseManifest } from '../../server/src/manifest/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fixedValues, type JudgedWorkspace } from './judgedWorkspace.ts';

export interface FixedFile {
  /** How many fixes were applied. */
  readonly applied: number;
  /** What is wrong with the text that they left, in words. */
  readonly wrong: readonly string[];
}

/**
 * Applies "fix all" to every file: what is left parses as well as before, has no finding that was not there, but for those
 * that an applied rule says it reveals, and is not changed a second time.
 */
export function checkFixAll(
  judged: JudgedWorkspace,
  classes: FixAllRequest['classes'],
): ReadonlyMap<string, FixedFile> {
  const before = judged.paths.map((path) => ({ path, text: judged.text(path), counts: countsIn(judged, path) }));
  const fixed = before.map((file) => ({ ...file, applied: fixAll(judged, file.path, classes) }));
  return new Map(
    fixed.map(({ path, text, counts, applied }) => {
      const wrong = [...brokenBy(text, judged.text(path)), ...newIn(counts, countsIn(judged, path), applied)];
      if (fixAll(judged, path, classes).length > 0) wrong.push('the second time there is still something to fix');
      return [path, { applied: applied.length, wrong }];
    }),
  );
}

/** The ids of the rules whose fixes were applied, each as often as one was. */
function fixAll(
  { workspace, setText }: JudgedWorkspace,
  path: string,
  classes: FixAllRequest['classes'],
): readonly string[] {
  const { text, applied } = workspace.fixAll(`file:///fixture/${path}`, { classes }, fixedValues);
  setText(path, text);
  return applied.map(({ ruleId }) => ruleId);
}

/** How often a rule speaks of a container of an object; where in it may change with a fix. */
function countsIn(judged: JudgedWorkspace, path: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { ruleId, resource, args } of judged.findings(path)) {
    const key = [ruleId, resource, args.container].join(' ').trim();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function brokenBy(before: string, after: string): readonly string[] {
  const problems = parseManifest(before).documents.flatMap((document) => document.problems).length;
  const now = parseManifest(after).documents.flatMap((document) => document.problems);
  return now.length > problems ? now.map(({ message }) => `does not parse: ${message}`) : [];
}

function newIn(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  applied: readonly string[],
): readonly string[] {
  const appliedRules = rules.filter(({ id }) => applied.includes(id));
  const revealed = new Set<string>(appliedRules.flatMap(({ reveals = [] }) => reveals));
  return [...after]
    .filter(([key, count]) => count > (before.get(key) ?? 0) && !revealed.has(key.split(' ', 1)[0] ?? ''))
    .map(([key, count]) => `${key}: ${count} findings, not ${before.get(key) ?? 0}`);
}
