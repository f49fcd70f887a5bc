import { createHash } from 'node:crypto';
import { createWorkspace, type Finding, type Workspace } from '../../server/src/analysis/index.ts';
import type { TextEdit, ValueSource } from '../../server/src/manifest/index.ts';
import { type Fix, type Rule, rules } from '../../server/src/rules/index.ts';
import type { Fixture } from './fixtures.ts';
import type { FixtureSettings } from './fixtureText.ts';

const folder = 'file:///fixture';

/** A workspace with exactly the given rules switched on, whatever their profile. */
export interface JudgedWorkspace {
  readonly workspace: Workspace;
  readonly paths: readonly string[];
  findings(path: string): readonly Finding[];
  text(path: string): string;
  setText(path: string, text: string): void;
  addFile(path: string, text: string): void;
}

export interface JudgedWith {
  /** Default: all rules. */
  readonly rules?: readonly Rule[];
  readonly settings?: FixtureSettings;
}

/** The same bytes every time, which no rule about weak keys takes for a pattern. */
export const fixedValues: ValueSource = {
  randomBytes(count) {
    const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
      createHash('sha256').update(`kubeharden ${block}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, count).toString('base64');
  },
};

/** Judges files together, as a folder that is complete. Paths are relative, with `/`. */
export function judge(
  files: ReadonlyMap<string, string>,
  { rules: judged = rules, settings = {} }: JudgedWith = {},
): JudgedWorkspace {
  const entries = new Map(
    judged.map((rule) => [
      rule.id as string,
      settings.options === undefined
        ? { setting: 'on' as const }
        : { setting: 'on' as const, options: settings.options },
    ]),
  );
  const workspace = createWorkspace(
    {
      readText: () => undefined,
      settingsFor: () => ({
        profile: 'all',
        rules: entries,
        ...(settings.version === undefined ? {} : { kubernetesVersion: settings.version }),
      }),
      folderOf: () => folder,
      today: () => '2026-01-01',
    },
    judged,
  );
  const uri = (path: string): string => `${folder}/${path}`;
  const paths = [...files.keys()];
  for (const [path, text] of files) workspace.setText(uri(path), text);
  workspace.foldersComplete([folder]);
  return {
    workspace,
    get paths() {
      return [...paths];
    },
    findings(path) {
      const { findings, notChecked } = workspace.findings(uri(path));
      // The engine carries on without a rule that throws; a test must not.
      const failure = notChecked.find((sentence) => sentence.includes('because of a mistake in it'));
      if (failure !== undefined) throw new Error(`${path}: ${failure}`);
      return findings.filter((finding) => judged.some((rule) => rule.id === finding.ruleId));
    },
    text: (path) => workspace.file(uri(path))?.text ?? '',
    setText: (path, text) => workspace.setText(uri(path), text),
    addFile(path, text) {
      if (paths.includes(path)) throw new Error(`A fix creates ${path}, which exists already`);
      paths.push(path);
      workspace.setText(uri(path), text);
    },
  };
}

export function filesOf(fixture: Fixture): ReadonlyMap<string, string> {
  return new Map(fixture.files.map((file) => [file.path, file.text]));
}

/** The settings of a fixture: those of its first file. */
export function settingsOf(fixture: Fixture): FixtureSettings {
  return fixture.files[0]?.settings ?? {};
}

/** The fix that a test applies: the preferred one, else the first. */
export function chosenFix(finding: Finding): Fix | undefined {
  const fixes = finding.fixes();
  return fixes.find((fix) => fix.isPreferred === true) ?? fixes[0];
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const edit of edits.toReversed()) result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}

/**
 * Applies the chosen fix of one finding after the other, judging again each time, until none is left. Gives the texts by
 * path. Throws where a fix is refused or does not make its finding go away.
 */
export function fixEverything(judged: JudgedWorkspace): ReadonlyMap<string, string> {
  for (let round = 0; round < 200; round++) {
    const next = firstFixable(judged);
    if (next === undefined) return new Map(judged.paths.map((path) => [path, judged.text(path)]));
    const { path, finding, fix } = next;
    const plan = judged.workspace.planFix(finding.uri, fix, fixedValues);
    if (plan.kind === 'refused') throw new Error(`"${fix.title}" is refused: ${plan.reason}`);
    const before = judged.text(path);
    const after = applyEdits(before, plan.edits);
    if (after === before && plan.newFiles.length === 0) throw new Error(`"${fix.title}" changes nothing in ${path}`);
    judged.setText(path, after);
    for (const file of plan.newFiles) judged.addFile(path.replace(/[^/]*$/, file.path), file.text);
  }
  throw new Error('The fixes never come to an end');
}

function firstFixable(judged: JudgedWorkspace): { path: string; finding: Finding; fix: Fix } | undefined {
  for (const path of judged.paths) {
    for (const finding of judged.findings(path)) {
      const fix = chosenFix(finding);
      if (fix !== undefined) return { path, finding, fix };
    }
  }
  return undefined;
}
