import * as vscode from 'vscode';
import { liveObjectScheme } from '../documentSelector.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import { liveObjectReference, liveObjectUriParts } from './liveObjectUri.ts';
import { placeInDocument } from './placeInDocument.ts';
import type { ObjectIdentity } from './shownFinding.ts';

/** Shows objects of a cluster as read-only documents, read anew when one is opened and after each scan. */
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
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== liveObjectScheme) continue;
      if (liveObjectReference(uri.query)?.contextName === contextName) this.#changed.fire(uri);
    }
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

function asComment(sentence: string): string {
  return `# ${sentence.replaceAll(/\s+/g, ' ')}\n`;
}
