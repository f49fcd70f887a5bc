import * as vscode from 'vscode';
import { liveObjectScheme } from '../../server/src/language/protocol/index.ts';

/** Other extensions call the templates of a chart `helm` and workflows as GitHub's does; without them they are `yaml`. */
const languages = ['yaml', 'helm', 'json', 'github-actions-workflow'];

/** What both VS Code and the language client take as a selector. */
export interface DocumentKind {
  readonly scheme: string;
  readonly language: string;
}

/**
 * The documents that are checked: on disk, unsaved, live objects, and in whatever the workspace's folders are made of (a virtual
 * file system, say). Naming the schemes leaves out the old sides of comparisons: git, merge and timeline documents.
 */
export function documentSelector(): DocumentKind[] {
  const folderSchemes = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  const schemes = new Set(['file', 'untitled', liveObjectScheme, ...folderSchemes]);
  return [...schemes].flatMap((scheme) => languages.map((language) => ({ scheme, language })));
}

export const isChecked = (document: vscode.TextDocument): boolean =>
  vscode.languages.match(documentSelector(), document) > 0;
