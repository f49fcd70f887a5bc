import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { listCodeActions, resolveCodeAction } from './codeActions/codeActions.ts';
import { hardenResource, resourceAt } from './codeActions/hardening.ts';
import { completionsAt } from './completion/completion.ts';
import { LiveDeclarations } from './declarations/liveDeclarations.ts';
import { pullReport } from './diagnosticReports.ts';
import { documentObjects } from './documentObjects.ts';
import { hoverAt } from './hover.ts';
import type { LanguageServer } from './languageServer.ts';
import { type LanguageServices, today } from './languageServices.ts';
import { placeRange } from './placeRange.ts';
import {
  type DeclarationsParams,
  type DocumentObjectsParams,
  declarationsMethod,
  documentObjectsMethod,
  type GenerateKeyParams,
  type GenerateKeyResult,
  generateKeyMethod,
  type HardenResourceParams,
  type HardenResourceResult,
  hardenResourceMethod,
  type PlaceRangeParams,
  placeRangeMethod,
  type RuleDocumentationParams,
  ruleDocumentationMethod,
  type ScanWorkspaceParams,
  scanWorkspaceMethod,
  showRuleDocumentationCommand,
} from './protocol/index.ts';
import { ruleDocumentation } from './ruleDocumentation.ts';
import { ruleUrl } from './ruleLinks.ts';
import { toWorkspaceEdit } from './workspaceEdits.ts';
import { scanWorkspace } from './workspaceScan.ts';

/** Answers every request of the client. Documents that are not known have no findings, actions or hovers. */
export function answerRequests(connection: Connection, services: LanguageServices, server: LanguageServer): void {
  const { documents } = services;

  connection.languages.diagnostics.on((params, token) =>
    pull(services, server, params.textDocument.uri, params.previousResultId, token),
  );
  connection.onCodeAction(async (params) => {
    const document = documents.get(params.textDocument.uri);
    if (document === undefined) return [];
    await server.load(document);
    return listCodeActions(services, documents.get(document.uri) ?? document, params);
  });
  connection.onCodeActionResolve((action) => resolveCodeAction(services, action));
  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    return document === undefined ? null : hoverAt(services, document, position);
  });
  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    const file = document === undefined ? undefined : services.workspace.file(document.uri);
    return document === undefined || file === undefined ? [] : completionsAt(document.uri, file, position, today());
  });
  connection.onExecuteCommand(async ({ command, arguments: [ruleId] = [] }) => {
    if (command !== showRuleDocumentationCommand || typeof ruleId !== 'string') return;
    await connection.window.showDocument({ uri: ruleUrl(ruleId), external: true });
  });
  connection.onRequest(ruleDocumentationMethod, (params: Partial<RuleDocumentationParams> | null) =>
    ruleDocumentation(services.localize, params),
  );
  connection.onRequest(placeRangeMethod, (params: PlaceRangeParams) => placeRange(services, params));
  connection.onRequest(generateKeyMethod, generateKey);
  connection.onRequest(hardenResourceMethod, async (params: HardenResourceParams) => {
    const document = documents.get(params.textDocument.uri);
    if (document !== undefined) await server.load(document);
    return harden(services, params);
  });
  connection.onRequest(documentObjectsMethod, (params: DocumentObjectsParams) => documentObjects(services, params));
  const declarations = new LiveDeclarations(services, server.index);
  connection.onRequest(declarationsMethod, (params: DeclarationsParams, token: CancellationToken) =>
    declarations.find(params, token),
  );
  connection.onRequest(scanWorkspaceMethod, (params: ScanWorkspaceParams | null, token: CancellationToken) =>
    scanWorkspace(
      services,
      server.index,
      params ?? {},
      connection.window.attachWorkDoneProgress(params?.workDoneToken),
      token,
    ),
  );
}

const empty: DocumentDiagnosticReport = { kind: 'full', items: [] };

async function pull(
  services: LanguageServices,
  server: LanguageServer,
  uri: string,
  previousResultId: string | undefined,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const { documents } = services;
  const opened = documents.get(uri);
  if (opened === undefined) return empty;
  await server.load(opened);
  // Lets a cancellation that is already on its way arrive: a client that types fast cancels nearly every request.
  await setImmediate();
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'A newer request follows.');
  const document = documents.get(uri);
  if (document === undefined) return empty;
  try {
    const report = pullReport(services, document, previousResultId);
    server.status.document(services, document);
    return report;
  } catch (error) {
    server.logFailure('diagnostics', error);
    server.status.document(
      services,
      document,
      services.localize('An internal error stopped the check of this file; the log says more.'),
    );
    return empty;
  }
}

const maxKeyBytes = 1024;

function generateKey(params: GenerateKeyParams | null): GenerateKeyResult | ResponseError<void> {
  const count = params?.bytes ?? 32;
  if (!Number.isInteger(count) || count < 1 || count > maxKeyBytes) {
    return new ResponseError(-32602, `A key has 1 to ${maxKeyBytes} bytes.`);
  }
  return { key: randomBytes(count).toString('base64') };
}

function harden(services: LanguageServices, { textDocument, position }: HardenResourceParams): HardenResourceResult {
  const document = services.documents.get(textDocument.uri);
  const resource = document === undefined ? undefined : resourceAt(services, document, position);
  if (document === undefined || resource === undefined) return null;
  const hardening = hardenResource(services, document, resource.document, resource.name);
  if (hardening === undefined) return null;
  const edit = hardening.edit === undefined ? undefined : toWorkspaceEdit(hardening.edit, services.abilities);
  return {
    resource: resource.name,
    ...(edit !== undefined && { edit }),
    applied: hardening.applied,
    refused: hardening.refused,
  };
}
