// "Fix all" on real manifests: what is left parses, has no finding that was not there, and is not changed again.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { FixAllRequest } from '../../server/src/analysis/index.ts';
import { parseManifest } from '../../server/src/manifest/index.ts';
import { rules } from '../../server/src/rules/index.ts';
import { fixedValues, type JudgedWorkspace, judge } from '../support/judgedWorkspace.ts';
import { corpusFolder, manifestsOf, repositoriesOf } from './corpusFindings.ts';

const skip = corpusFolder === undefined ? 'not requested: KUBEHARDEN_CORPUS is not set' : false;

const classes: Readonly<Record<string, FixAllRequest['classes']>> = {
  safe: ['safe'],
  'safe and hardening': ['safe', 'hardening'],
};

for (const [name, ofClasses] of Object.entries(classes)) {
  describe(`fixes of the corpus: ${name}`, { skip }, () => {
    for (const repository of corpusFolder === undefined ? [] : repositoriesOf(corpusFolder)) {
      test(repository, (context) => {
        const judged = judge(manifestsOf(join(corpusFolder ?? '', repository)));
        const before = new Map(
          judged.paths.map((path) => [path, { text: judged.text(path), counts: countsIn(judged, path) }]),
        );
        const applied = new Map(judged.paths.map((path) => [path, fixAll(judged, path, ofClasses)]));
        const wrong = judged.paths.flatMap((path) => {
          const { text = '', counts = new Map<string, number>() } = before.get(path) ?? {};
          return [
            ...brokenBy(text, judged.text(path)),
            ...newIn(counts, countsIn(judged, path), applied.get(path) ?? []),
            ...(fixAll(judged, path, ofClasses).length > 0 ? ['the second time there is still something to fix'] : []),
          ].map((what) => `${path}: ${what}`);
        });
        const changed = [...applied.values()].filter((each) => each.length > 0).length;
        context.diagnostic(
          `${[...applied.values()].flat().length} fixes in ${changed} of ${judged.paths.length} files`,
        );
        assert.deepEqual(wrong, []);
      });
    }
  });
}

/** The ids of the rules whose fixes were applied, each as often as one was. */
function fixAll(
  { workspace, setText }: JudgedWorkspace,
  path: string,
  ofClasses: FixAllRequest['classes'],
): readonly string[] {
  const { text, applied } = workspace.fixAll(`file:///fixture/${path}`, { classes: ofClasses }, fixedValues);
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

/** Findings that are new, but for what the applied rules say that they reveal. */
function newIn(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  applied: readonly string[],
): readonly string[] {
  const revealed = new Set<string>(
    rules.filter(({ id }) => applied.includes(id)).flatMap(({ reveals = [] }) => reveals),
  );
  return [...after]
    .filter(([key, count]) => count > (before.get(key) ?? 0) && !revealed.has(key.split(' ', 1)[0] ?? ''))
    .map(([key, count]) => `${key}: ${count} findings, not ${before.get(key) ?? 0}`);
}
