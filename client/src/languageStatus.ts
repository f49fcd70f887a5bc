import * as vscode from 'vscode';
import {
  type DocumentStatusParams,
  documentStatusMethod,
  type WorkspaceStatusParams,
  workspaceStatusMethod,
} from '../../server/src/language/protocol/index.ts';
import { contextKeys, setContextKey } from './contextKeys.ts';
import { documentSelector } from './documentSelector.ts';
import type { KubeHardenClient } from './languageClient.ts';

/** The entry behind the `{}` of the status bar: what was checked in the active document, and what was not and why. */
export function createLanguageStatus({ languageClient }: KubeHardenClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('kubeharden', documentSelector());
  item.name = 'KubeHarden';
  item.command = { command: 'kubeharden.showOutput', title: vscode.l10n.t('Show Output') };

  const documents = new Map<string, DocumentStatusParams>();
  let workspace: WorkspaceStatusParams = { notChecked: [] };

  const show = () => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const document = uri && documents.get(languageClient.code2ProtocolConverter.asUri(uri));
    const problems = [
      ...(document?.configurationProblems ?? []),
      ...(document?.notChecked ?? []),
      ...workspace.notChecked,
    ];
    item.text = summary(document);
    item.detail = workspace.busy ?? problems.join(' ');
    item.busy = workspace.busy !== undefined;
    item.severity =
      problems.length > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    setContextKey(contextKeys.isManifest, document?.isManifest === true);
  };

  show();
  return vscode.Disposable.from(
    item,
    languageClient.onNotification(documentStatusMethod, (status: DocumentStatusParams) => {
      documents.set(status.uri, status);
      show();
    }),
    languageClient.onNotification(workspaceStatusMethod, (status: WorkspaceStatusParams) => {
      workspace = status;
      show();
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      documents.delete(languageClient.code2ProtocolConverter.asUri(document.uri));
    }),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
}

function summary(status: DocumentStatusParams | undefined): string {
  if (status === undefined || !status.isManifest) return vscode.l10n.t('No Kubernetes resources');
  return vscode.l10n.t('Findings: {0}. Resources checked: {1}.', status.findingCount, status.resourceCount);
}
