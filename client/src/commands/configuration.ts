import * as vscode from 'vscode';
import type { Commands } from './registerCommands.ts';

const fileName = '.kubeharden.yaml';

const template = `# KubeHarden for everybody who works in this folder: in the editor, on the command line and in CI.

# guide: what is exploitable or refused by Kubernetes, and the hardening guide's advice.
# restricted: adds the restricted Pod Security Standard and CIS. all: adds advice that depends on context.
profile: guide

# Severity of single rules: off, on, error, warning or info.
rules: {}
#  pod/host-path: off

# Files that are not checked.
exclude: []
#  - vendor/**
`;

export function configurationCommands(): Commands {
  return { createConfiguration };
}

/** Opens a folder's configuration file, after writing a first one where there is none. */
async function createConfiguration(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (folder === undefined) return;
  const uri = vscode.Uri.joinPath(folder.uri, fileName);
  if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(template));
  await vscode.window.showTextDocument(uri);
}

const exists = (uri: vscode.Uri): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
