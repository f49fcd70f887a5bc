import {
  createWorkspace,
  type FaceSettings,
  type FileFindings,
  type Workspace,
} from '../../server/src/analysis/index.ts';
import type { Rule } from '../../server/src/rules/index.ts';
import { smallRules } from './testRules.ts';

export const folder = 'file:///project';

export interface TestWorkspace {
  readonly workspace: Workspace;
  /** The files on the disk, by path below the folder; for configuration and baseline. */
  readonly disk: Map<string, string>;
  set(path: string, text: string): void;
  findings(path: string): FileFindings;
  /** `line:column rule` for each finding, one-based as an editor shows them. */
  shown(path: string): readonly string[];
}

export function uriOf(path: string): string {
  return `${folder}/${path}`;
}

/** A workspace of one folder that is complete. */
export function testWorkspace({
  rules = smallRules,
  settings = {},
  disk = {},
  today = '2026-06-15',
  complete = true,
}: {
  readonly rules?: readonly Rule[];
  readonly settings?: FaceSettings;
  readonly disk?: Readonly<Record<string, string>>;
  readonly today?: string;
  readonly complete?: boolean;
} = {}): TestWorkspace {
  const files = new Map(Object.entries(disk));
  const workspace = createWorkspace(
    {
      readText: (uri) => (uri.startsWith(`${folder}/`) ? files.get(uri.slice(folder.length + 1)) : undefined),
      settingsFor: () => settings,
      folderOf: (uri) => (uri.startsWith(`${folder}/`) ? folder : undefined),
      today: () => today,
    },
    rules,
  );
  if (complete) workspace.foldersComplete([folder]);
  return {
    workspace,
    disk: files,
    set: (path, text) => workspace.setText(uriOf(path), text),
    findings: (path) => workspace.findings(uriOf(path)),
    shown: (path) => shown(workspace.findings(uriOf(path))),
  };
}

export function shown({ findings }: FileFindings): readonly string[] {
  return findings.map(({ range, ruleId }) => `${range.start.line + 1}:${range.start.character + 1} ${ruleId}`);
}

/** Findings of one text alone. */
export function judged(text: string, settings?: FaceSettings, today?: string): FileFindings {
  const { set, findings } = testWorkspace({
    ...(settings && { settings }),
    ...(today !== undefined && { today }),
    complete: false,
  });
  set('a.yaml', text);
  return findings('a.yaml');
}

/** A Pod with one container; `container` are more lines of it. */
export function pod(name: string, ...container: readonly string[]): string {
  const lines = container.map((line) => `      ${line}\n`).join('');
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: main\n      image: nginx:1\n${lines}`;
}

export const privilegedLines = ['securityContext:', '  privileged: true'] as const;
