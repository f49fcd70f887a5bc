// What the suites share: opening, waiting, and reading findings and code actions as a user would see them.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Yields `pod/privileged` in the default profile, and nothing else. */
export const privilegedPod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
      securityContext:
        privileged: true
`;

export const extensionId = 'kubeharden.kubeharden';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, 'the extension is installed');
  return found;
}

/** The URI of a file in one of the workspace's folders. */
export function inWorkspace(folder: string, path: string): vscode.Uri {
  const found = vscode.workspace.workspaceFolders?.find(({ name }) => name === folder);
  assert.ok(found, `the workspace has a folder ${folder}`);
  return vscode.Uri.joinPath(found.uri, path);
}

export async function openFile(folder: string, path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(inWorkspace(folder, path));
}

export async function openUntitled(content: string, language = 'yaml'): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

/** Throws away every change and closes all editors. */
export async function closeAll(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export const findings = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'KubeHarden');

export const ruleIdOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);

export const ruleIds = (uri: vscode.Uri): string[] => findings(uri).map(ruleIdOf).sort();

/** Waits until a value is found that is not undefined. */
export async function waitFor<T>(what: string, find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  assert.fail(`waited in vain for ${what}`);
}

export function waitForFinding(uri: vscode.Uri, ruleId: string): Promise<vscode.Diagnostic> {
  return waitFor(`${ruleId} in ${uri.path}, which has [${ruleIds(uri)}]`, () =>
    findings(uri).find((finding) => ruleIdOf(finding) === ruleId),
  );
}

export async function waitUntilGone(uri: vscode.Uri, ruleId: string): Promise<void> {
  await waitFor(`${ruleId} to go from ${uri.path}`, () => (ruleIds(uri).includes(ruleId) ? undefined : true));
}

/** The code actions at a place, with their edits. */
export async function codeActions(uri: vscode.Uri, range: vscode.Range, kind?: string): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind, 100);
}

/** Takes the code action whose title matches, edit and command, as a click on it does. */
export async function takeCodeAction(
  uri: vscode.Uri,
  range: vscode.Range,
  title: RegExp,
  kind?: string,
): Promise<void> {
  const actions = await codeActions(uri, range, kind);
  const action = actions.find((candidate) => title.test(candidate.title));
  assert.ok(action, `no ${title} among:\n${actions.map((candidate) => candidate.title).join('\n')}`);
  assert.equal(action.disabled, undefined);
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit is applied');
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}

/** The range of a piece of text that occurs once. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `${text} is in the document`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

export async function replace(editor: vscode.TextEditor, text: string, by: string): Promise<void> {
  assert.ok(await editor.edit((edit) => edit.replace(rangeOf(editor.document, text), by)));
}
