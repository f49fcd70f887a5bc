import * as vscode from 'vscode';
import type { CodeAction, CodeActionParams } from 'vscode-languageclient';
import type { FileFinding } from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import { askingFirst } from './askingFirst.ts';
import { rangeOf } from './declaredItems.ts';

/**
 * Opens the file at the finding and takes the language server's own quick fix there. The server is asked directly: what
 * VS Code answers a command about code actions has lost the files that an edit creates.
 */
export async function fixInFile({ uri, range, ruleId, fix }: FileFinding, client: KubeHardenClient): Promise<void> {
  const target = vscode.Uri.parse(uri);
  const place = rangeOf(range);
  const { start } = place;
  const { document } = await vscode.window.showTextDocument(target, { selection: new vscode.Range(start, start) });
  if (fix === undefined) return;
  const { code2ProtocolConverter, protocol2CodeConverter } = client.languageClient;
  const params: CodeActionParams = {
    textDocument: code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: code2ProtocolConverter.asRange(place),
    context: { diagnostics: [], only: [vscode.CodeActionKind.QuickFix.value] },
  };
  const actions = await client.request<readonly CodeAction[] | null>('textDocument/codeAction', params);
  const offered = actions?.find(
    ({ title, diagnostics }) => title === fix.title && diagnostics?.some(({ code }) => code === ruleId) === true,
  );
  const action =
    offered === undefined || offered.disabled !== undefined
      ? offered
      : await client.request<CodeAction>('codeAction/resolve', offered);
  if (action?.edit === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The fix cannot be applied to the file as it is now: {0}', action?.disabled?.reason ?? fix.title),
    );
    return;
  }
  const edit = fix.fixClass === 'review' ? askingFirst(action.edit, fix.title) : action.edit;
  await vscode.workspace.applyEdit(await protocol2CodeConverter.asWorkspaceEdit(edit));
}
