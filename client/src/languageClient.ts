import type { ExtensionContext, LogOutputChannel, TextDocument } from 'vscode';
import * as vscode from 'vscode';
import {
  DiagnosticPullMode,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
  vsdiag,
} from 'vscode-languageclient/node';
import {
  type InitializationOptions,
  liveObjectScheme,
  type Settings,
  settingsSection,
  showRuleDocumentationCommand,
} from '../../server/src/language/protocol/index.ts';
import { documentSelector } from './documentSelector.ts';

/** The language server as the rest of the extension sees it. */
export interface KubeHardenClient {
  readonly log: LogOutputChannel;
  /** For conversions between the protocol's types and VS Code's. */
  readonly languageClient: LanguageClient;
  /** Starts the server; a failure goes to the log. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Sends a request of our own, after the server has started. */
  request<Result>(method: string, params: object, token?: vscode.CancellationToken): Promise<Result>;
  /** Sends a notification of our own, after the server has started. */
  notify(method: string, params: object): Promise<void>;
  dispose(): Promise<void>;
}

const redHatYaml = 'redhat.vscode-yaml';

export function createLanguageClient(context: ExtensionContext): KubeHardenClient {
  const log = vscode.window.createOutputChannel('KubeHarden', { log: true });
  const languageClient = new LanguageClient(
    // Also the prefix of the setting that traces: kubeharden.trace.server.
    'kubeharden',
    'KubeHarden',
    { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc },
    clientOptions(log),
  );

  const start = () =>
    languageClient.start().catch((error: unknown) => log.error('The language server did not start.', error));
  let selected = documentSelector();
  const restart = async () => {
    selected = documentSelector();
    languageClient.clientOptions.documentSelector = selected;
    await languageClient.restart();
  };
  context.subscriptions.push(
    log,
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      // A folder of a new kind (the first virtual one, say) changes what is checked.
      if (documentSelector().length > selected.length) void restart();
    }),
  );

  return {
    log,
    languageClient,
    start,
    restart,
    async request<Result>(method: string, params: object, token?: vscode.CancellationToken) {
      await languageClient.start();
      // No token is not the same as an undefined one, which would travel as a second parameter.
      return languageClient.sendRequest<Result>(method, params, ...(token === undefined ? [] : [token]));
    },
    async notify(method: string, params: object) {
      await languageClient.start();
      await languageClient.sendNotification(method, params);
    },
    dispose: () => languageClient.dispose(),
  };
}

function clientOptions(log: LogOutputChannel): LanguageClient['clientOptions'] {
  const initializationOptions: InitializationOptions = {
    clientCommands: [showRuleDocumentationCommand],
    // The bundle that VS Code loaded from l10n/ for the user's language; none for English.
    ...(vscode.l10n.bundle !== undefined && { l10n: vscode.l10n.bundle }),
  };
  return {
    documentSelector: documentSelector(),
    outputChannel: log,
    traceOutputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: 'kubeharden',
    initializationOptions,
    // All three are off unless asked for; `filter` says which documents to leave out.
    diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true, filter: isPullSkipped },
    middleware: {
      // Every open document is asked for again when settings or other files change, without a look at the filter.
      provideDiagnostics: (document, previousResultId, token, next) =>
        previousResultId !== undefined && 'isDirty' in document && document.isDirty && runsOnSave(document)
          ? { kind: vsdiag.DocumentDiagnosticReportKind.unChanged, resultId: previousResultId }
          : next(document, previousResultId, token),
      // A live object cannot be edited, so only what shows something is left: the documentation.
      provideCodeActions: async (document, range, context, token, next) => {
        const actions = await next(document, range, context, token);
        if (document.uri.scheme !== liveObjectScheme) return actions;
        return actions?.filter((action) => action.command !== undefined);
      },
      workspace: {
        async configuration(params, token, next) {
          const answers = await next(params, token);
          return Array.isArray(answers) ? answers.map(resolveSyntaxErrors) : answers;
        },
      },
    },
  };
}

/** `kubeharden.run: onSave` leaves out what is pulled while typing, or on coming back to unsaved changes. */
function isPullSkipped(document: TextDocument, mode: DiagnosticPullMode): boolean {
  const isBetweenSaves =
    mode === DiagnosticPullMode.onType || (mode === DiagnosticPullMode.onFocus && document.isDirty);
  return isBetweenSaves && runsOnSave(document);
}

function runsOnSave(document: TextDocument): boolean {
  return vscode.workspace.getConfiguration(settingsSection, document).get('run') === 'onSave';
}

/** Answers `syntaxErrors: auto` for the server, which cannot see what other extensions report. */
function resolveSyntaxErrors(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('syntaxErrors' in answer) || answer.syntaxErrors !== 'auto') {
    return answer;
  }
  const syntaxErrors = vscode.extensions.getExtension(redHatYaml)?.isActive === true ? 'off' : 'on';
  return { ...answer, syntaxErrors } satisfies Settings;
}
