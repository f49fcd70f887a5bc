import * as vscode from 'vscode';
import {
  type HardenResourceParams,
  type HardenResourceResult,
  hardenResourceMethod,
  liveObjectScheme,
} from '../../../server/src/language/protocol/index.ts';
import { isChecked } from '../documentSelector.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { Commands } from './registerCommands.ts';

export function hardeningCommands(client: KubeHardenClient): Commands {
  return {
    hardenResource: () => hardenResource(client),
    fixAllInFile: () =>
      vscode.commands.executeCommand('editor.action.sourceAction', {
        kind: 'source.fixAll.kubeharden',
        apply: 'first',
      }),
  };
}

/** Applies the safe and the hardening fixes of the resource at the cursor, after VS Code's own preview. */
async function hardenResource(client: KubeHardenClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isChecked(editor.document)) return;
  if (editor.document.uri.scheme === liveObjectScheme) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('A live object is changed where it is declared, not in the cluster.'),
    );
    return;
  }
  const { code2ProtocolConverter, protocol2CodeConverter } = client.languageClient;
  const params: HardenResourceParams = {
    textDocument: code2ProtocolConverter.asTextDocumentIdentifier(editor.document),
    position: code2ProtocolConverter.asPosition(editor.selection.active),
  };
  const result = await client.request<HardenResourceResult>(hardenResourceMethod, params);
  if (result === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The cursor is not in a Kubernetes resource.'));
    return;
  }
  if (result.edit !== undefined) {
    await vscode.workspace.applyEdit(await protocol2CodeConverter.asWorkspaceEdit(result.edit));
  }
  if (result.refused.length > 0) {
    void vscode.window.showWarningMessage(result.refused.join(' '));
  } else if (result.edit === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is left to harden in {0}.', result.resource));
  }
}
