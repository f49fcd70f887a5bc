import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import {
  type LiveFindingsParams,
  type LiveFindingToShow,
  liveFindingsMethod,
  liveObjectScheme,
} from '../../../server/src/language/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import { liveObjectReference, liveObjectUriParts } from './liveObjectUri.ts';
import { placeInDocument } from './placeInDocument.ts';
import { type ObjectIdentity, objectId, type ShownFinding } from './shownFinding.ts';

/**
 * Shows objects of a cluster as read-only documents, read anew when one is opened and after each scan. What is wrong with
 * them is what the tree says, no more and no less.
 */
export class LiveObjects implements vscode.TextDocumentContentProvider {
  readonly #process: ClusterProcess;
  readonly #model: ClusterModel;
  readonly #client: KubeHardenClient;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(process: ClusterProcess, model: ClusterModel, client: KubeHardenClient) {
    this.#process = process;
    this.#model = model;
    this.#client = client;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(liveObjectScheme, this),
      vscode.workspace.onDidOpenTextDocument((document) => this.#tellFindings(document)),
      // A server that was started again knows nothing.
      this.#client.languageClient.onDidChangeState(({ newState }) => {
        if (newState === State.Running) for (const document of this.#open()) this.#tellFindings(document);
      }),
    );
  }

  /** The object as YAML; a sentence in a comment where there is none. */
  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const reference = liveObjectReference(uri.query);
    if (reference === undefined) return asComment(vscode.l10n.t('This is no object of a cluster.'));
    if (!vscode.workspace.isTrusted) {
      return asComment(vscode.l10n.t('Clusters are read only in a trusted workspace.'));
    }
    // An editor that was open when the window was closed must not contact a cluster when it is opened again.
    if (this.#model.stateOf(reference.contextName).scanned === undefined) {
      return asComment(vscode.l10n.t('The object is shown once the context "{0}" was scanned.', reference.contextName));
    }
    try {
      const result = await this.#process.readObject(reference, token);
      return result.kind === 'object' ? result.yaml : asComment(result.message);
    } catch (error) {
      this.#client.log.error('A live object was not read.', error);
      return asComment(vscode.l10n.t('The object could not be read; the log says more.'));
    }
  }

  /** Reads the open objects of a context again. */
  refresh(contextName: string): void {
    for (const { uri } of this.#open(contextName)) this.#changed.fire(uri);
  }

  /** The report of a context took the place of another. */
  reportChanged(contextName: string): void {
    for (const document of this.#open(contextName)) this.#tellFindings(document);
  }

  /** The objects that are open, of one context or of all. */
  #open(contextName?: string): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(
      ({ uri }) =>
        uri.scheme === liveObjectScheme &&
        (contextName === undefined || liveObjectReference(uri.query)?.contextName === contextName),
    );
  }

  /** Tells the language server what the tree says of an object. */
  #tellFindings({ uri }: vscode.TextDocument): void {
    const reference = uri.scheme === liveObjectScheme ? liveObjectReference(uri.query) : undefined;
    if (reference === undefined) return;
    const all = this.#model.stateOf(reference.contextName).scanned?.findings ?? [];
    const here = all.filter(({ object }) => object !== undefined && objectId(object) === objectId(reference.object));
    const params: LiveFindingsParams = {
      uri: this.#client.languageClient.code2ProtocolConverter.asUri(uri),
      findings: here.map(toldFinding),
    };
    this.#client
      .notify(liveFindingsMethod, params)
      .catch((error: unknown) => this.#client.log.error('The findings of a live object were not shown.', error));
  }

  /** Opens an object with the cursor at a place in it. */
  async open(contextName: string, object: ObjectIdentity, path: readonly (string | number)[]): Promise<void> {
    const uri = vscode.Uri.from({ scheme: liveObjectScheme, ...liveObjectUriParts({ contextName, object }) });
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    const range = await placeInDocument(document, path, this.#client);
    if (range === undefined) return;
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

function toldFinding({ key, ruleId, severity, message, path, check }: ShownFinding): LiveFindingToShow {
  return { key, ruleId, severity, message, path, ...(check === undefined ? {} : { check }) };
}

function asComment(sentence: string): string {
  return `# ${sentence.replaceAll(/\s+/g, ' ')}\n`;
}
