import * as vscode from 'vscode';
import { WorkDoneProgress, type WorkDoneProgressBegin, type WorkDoneProgressReport } from 'vscode-languageclient/node';
import {
  type ScanWorkspaceParams,
  type ScanWorkspaceResult,
  scanWorkspaceMethod,
} from '../../../server/src/language/protocol/index.ts';
import { contextKeys, setContextKey } from '../contextKeys.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { Commands } from './registerCommands.ts';

/**
 * Findings of files that are not open, in a collection of their own. A file leaves it when it is opened (the server then
 * answers for it as it is typed) and when it changes or goes, so that no stale finding stays.
 */
export function workspaceScanCommands(client: KubeHardenClient, context: vscode.ExtensionContext): Commands {
  const findings = vscode.languages.createDiagnosticCollection('kubeharden-workspace');
  const drop = (uri: vscode.Uri) => findings.delete(uri);
  context.subscriptions.push(
    findings,
    vscode.workspace.onDidOpenTextDocument(({ uri }) => drop(uri)),
  );
  // Only somebody who checks the workspace pays for watching it.
  let watcher: vscode.FileSystemWatcher | undefined;
  const watchFiles = () => {
    if (watcher !== undefined) return;
    watcher = vscode.workspace.createFileSystemWatcher('**/*.{yaml,yml,json}', true);
    context.subscriptions.push(watcher, watcher.onDidChange(drop), watcher.onDidDelete(drop));
  };

  const clear = () => {
    findings.clear();
    setContextKey(contextKeys.hasScanFindings, false);
  };
  return {
    clearScanFindings: clear,
    async scanWorkspace() {
      const result = await scan(client);
      if (result === undefined) return;
      clear();
      watchFiles();
      const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
      for (const { uri, diagnostics } of result.files) {
        const target = client.languageClient.protocol2CodeConverter.asUri(uri);
        if (open.has(target.toString())) continue;
        findings.set(target, await client.languageClient.protocol2CodeConverter.asDiagnostics([...diagnostics]));
      }
      setContextKey(contextKeys.hasScanFindings, result.files.length > 0);
      for (const { uri, reason } of result.notChecked) client.log.warn(`${uri}: ${reason}`);
      await offerDetails(client, result);
    },
  };
}

/** Resolves to undefined when the user cancels. */
function scan(client: KubeHardenClient): Thenable<ScanWorkspaceResult | undefined> {
  const title = vscode.l10n.t('Checking the workspace');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const params: ScanWorkspaceParams = { workDoneToken: `kubeharden-scan-${Date.now()}` };
    let reached = 0;
    const show = ({ message, percentage = reached }: WorkDoneProgressBegin | WorkDoneProgressReport) => {
      progress.report({ increment: percentage - reached, ...(message === undefined ? {} : { message }) });
      reached = percentage;
    };
    const listener = client.languageClient.onProgress(WorkDoneProgress.type, params.workDoneToken ?? '', (value) => {
      if (value.kind !== 'end') show(value);
    });
    try {
      return await client.request<ScanWorkspaceResult>(scanWorkspaceMethod, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listener.dispose();
    }
  });
}

async function offerDetails(client: KubeHardenClient, result: ScanWorkspaceResult): Promise<void> {
  const showProblems = vscode.l10n.t('Show Problems');
  const showOutput = vscode.l10n.t('Show Output');
  const choices = [
    ...(result.findingCount > 0 ? [showProblems] : []),
    ...(result.notChecked.length > 0 ? [showOutput] : []),
  ];
  // Not awaited by the command: it is done, whether or not the user answers.
  void vscode.window.showInformationMessage(result.summary, ...choices).then((choice) => {
    if (choice === showProblems) void vscode.commands.executeCommand('workbench.actions.view.problems');
    if (choice === showOutput) client.log.show();
  });
}
