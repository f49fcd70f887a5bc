import type { ManifestDocument } from '../../../server/src/manifest/index.ts';
import type { FixtureSettings } from '../../support/fixtureText.ts';
import { fixedValues, type JudgedWorkspace, judge } from '../../support/judgedWorkspace.ts';

/** Files that all rules have judged together. */
export interface JudgedFiles {
  readonly workspace: JudgedWorkspace;
  documentsOf(path: string): readonly ManifestDocument[];
  /** Messages of findings in a document, counted from 0, that say the API server refuses it. */
  claims(path: string, index: number): readonly string[];
}

export function judgeFiles(files: ReadonlyMap<string, string>, settings: FixtureSettings = {}): JudgedFiles {
  const judged = judge(files, { settings });
  const documentsOf = (path: string) => judged.workspace.file(uriOf(path))?.documents ?? [];
  return {
    workspace: judged,
    documentsOf,
    claims: (path, index) =>
      judged
        .findings(path)
        .filter(({ document }) => documentsOf(path).indexOf(document) === index)
        .map(({ message }) => message)
        .filter((message) => /API server refuses|Kubernetes refuses|\bis refused\b|so it refuses/.test(message)),
  };
}

/** The files after "fix all" in one after the other, with every rule switched on. */
export function fixedByAll({ workspace: { workspace, paths } }: JudgedFiles): ReadonlyMap<string, string> {
  return new Map(
    paths.map((path) => {
      const { text } = workspace.fixAll(uriOf(path), { classes: ['safe', 'hardening'] }, fixedValues);
      workspace.setText(uriOf(path), text);
      return [path, text];
    }),
  );
}

const uriOf = (path: string) => `file:///fixture/${path}`;
