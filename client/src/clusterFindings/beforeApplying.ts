import * as vscode from 'vscode';
import {
  type DocumentObject,
  type DocumentObjectsParams,
  type DocumentObjectsResult,
  documentObjectsMethod,
  liveObjectScheme,
  type PlaceRangeParams,
  type PlaceRangeResult,
  placeRangeMethod,
} from '../../../server/src/language/protocol/index.ts';
import { isChecked } from '../documentSelector.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import { rangeOf } from './declaredItems.ts';
import { type DryRunProblem, dryRunProblems, dryRunTally } from './dryRunProblems.ts';
import type { DryRunResult } from './spoken.ts';

/** Asks a cluster whether it would take the open document; only when the user wants it, and nothing is stored there. */
export class BeforeApplying implements vscode.Disposable {
  readonly #process: ClusterProcess;
  readonly #client: KubeHardenClient;
  readonly #problems = vscode.languages.createDiagnosticCollection('kubeharden-dry-run');
  readonly #disposables: vscode.Disposable[];

  constructor(process: ClusterProcess, client: KubeHardenClient) {
    this.#process = process;
    this.#client = client;
    // A verdict is about the text that was sent.
    const forget = (document: vscode.TextDocument) => this.#problems.delete(document.uri);
    this.#disposables = [
      this.#problems,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) forget(document);
      }),
      vscode.workspace.onDidCloseTextDocument(forget),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** @param pickContext asks whom to ask; undefined if the user does not say */
  async check(document: vscode.TextDocument, pickContext: () => Promise<string | undefined>): Promise<void> {
    if (!isChecked(document) || document.uri.scheme === liveObjectScheme) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This document holds nothing to apply.'));
      return;
    }
    const textDocument = this.#client.languageClient.code2ProtocolConverter.asTextDocumentIdentifier(document);
    const params: DocumentObjectsParams = { textDocument };
    const { objects, leftOut } = await this.#client.request<DocumentObjectsResult>(documentObjectsMethod, params);
    const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
    if (objects.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This document holds nothing that can be applied. {0}', reasons.join(' ')).trim(),
      );
      return;
    }
    const { version } = document;
    const contextName = await pickContext();
    if (contextName === undefined) return;
    const result = await this.#ask(contextName, objects);
    if (result === undefined) return;
    if (result.kind === 'trouble') {
      void vscode.window.showErrorMessage(result.message);
      return;
    }
    const problems = dryRunProblems(objects, result.verdicts);
    if (document.isClosed || document.version !== version) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The document was changed meanwhile, so what {0} said is not shown.', contextName),
      );
      return;
    }
    const notSent = leftOut.map(({ range, reason }) =>
      this.#diagnostic(contextName, rangeOf(range), reason, 'information'),
    );
    const said = await Promise.all(
      problems.map(async (problem) =>
        this.#diagnostic(contextName, await this.#rangeOf(textDocument, problem), problem.message, problem.severity),
      ),
    );
    if (document.version === version) this.#problems.set(document.uri, [...said, ...notSent]);
    const { admitted, denied, notAsked } = dryRunTally(result.verdicts);
    const unanswered = notAsked === 0 ? [] : [vscode.l10n.t('You may not ask it about {0}.', notAsked)];
    const more = [...unanswered, ...reasons].join(' ');
    if (denied + notAsked === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} would take all objects ({1}). {2}', contextName, admitted, more).trim(),
      );
    } else {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} would take {1} objects and refuse {2}. {3}', contextName, admitted, denied, more).trim(),
      );
    }
  }

  /** Undefined when the user gives up, or the process fails. */
  async #ask(contextName: string, objects: readonly DocumentObject[]): Promise<DryRunResult | undefined> {
    const title = vscode.l10n.t('Asking {0}, without changing anything', contextName);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (_progress, token) => {
      const sent = objects.map(({ object }, documentIndex) => ({ documentIndex, object }));
      try {
        const result = await this.#process.dryRun({ contextName, objects: sent }, token);
        return token.isCancellationRequested ? undefined : result;
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        this.#client.log.error(`The dry run against ${contextName} failed.`, error);
        const message = vscode.l10n.t('The cluster could not be asked; the log says more.');
        return { kind: 'trouble', message };
      }
    });
  }

  async #rangeOf(
    textDocument: PlaceRangeParams['textDocument'],
    { object, path }: DryRunProblem,
  ): Promise<vscode.Range> {
    if (path === undefined) return rangeOf(object.range);
    const params: PlaceRangeParams = { textDocument, documentIndex: object.documentIndex, path };
    const range = await this.#client.request<PlaceRangeResult>(placeRangeMethod, params);
    return rangeOf(range ?? object.range);
  }

  #diagnostic(
    contextName: string,
    range: vscode.Range,
    message: string,
    severity: DryRunProblem['severity'],
  ): vscode.Diagnostic {
    // One line at most: a squiggle under a whole container hides every other one in it.
    const line = range.isSingleLine ? range : new vscode.Range(range.start, range.start.with(undefined, 1e6));
    const diagnostic = new vscode.Diagnostic(line, message, severities[severity]);
    diagnostic.source = vscode.l10n.t('KubeHarden, dry run in {0}', contextName);
    return diagnostic;
  }
}

const severities: Readonly<Record<DryRunProblem['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};
