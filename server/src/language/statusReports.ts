import type { Connection } from 'vscode-languageserver';
import { configurationFileName } from '../analysis/index.ts';
import type { LanguageServices } from './languageServices.ts';
import type { OpenDocument } from './openDocuments.ts';
import {
  type DocumentStatusParams,
  documentStatusMethod,
  type WorkspaceStatusParams,
  workspaceStatusMethod,
} from './protocol/index.ts';

/** Tells the client what its status item shows, each thing once. */
export class StatusReports {
  readonly #connection: Connection;
  readonly #sent = new Map<string, string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  document(services: LanguageServices, document: OpenDocument, failure?: string): void {
    this.#send(document.uri, documentStatusMethod, documentStatus(services, document, failure));
  }

  workspace(status: WorkspaceStatusParams): void {
    this.#send('', workspaceStatusMethod, status);
  }

  forget(uri: string): void {
    this.#sent.delete(uri);
  }

  #send(key: string, method: string, status: DocumentStatusParams | WorkspaceStatusParams): void {
    const text = JSON.stringify(status);
    if (this.#sent.get(key) === text) return;
    this.#sent.set(key, text);
    void this.#connection.sendNotification(method, status);
  }
}

function documentStatus(services: LanguageServices, document: OpenDocument, failure?: string): DocumentStatusParams {
  const { workspace, localize } = services;
  const base = { uri: document.clientUri, configurationProblems: configurationProblems(services, document.uri) };
  if (failure !== undefined) {
    return { ...base, isManifest: false, resourceCount: 0, findingCount: 0, notChecked: [failure] };
  }
  const judged = services.judge(document);
  const excluded = workspace.configurationFor(document.uri).isExcluded
    ? [localize('The configuration excludes this file, so it is not checked.')]
    : [];
  return {
    ...base,
    isManifest: judged?.isManifest ?? false,
    resourceCount: judged?.resourceCount ?? 0,
    findingCount: services.findingsOf(document).length,
    notChecked: [...new Set([...excluded, ...(judged?.notChecked ?? [])])],
  };
}

function configurationProblems({ workspace, localize }: LanguageServices, uri: string): readonly string[] {
  const configuration = workspace.configurationFileFor(uri);
  if (configuration === undefined || configuration === uri) return [];
  const count = workspace.findings(configuration).findings.length;
  return count === 0
    ? []
    : [localize('{count} settings in {file} have no effect.', { count, file: configurationFileName })];
}
