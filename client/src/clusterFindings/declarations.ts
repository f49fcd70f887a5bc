import * as vscode from 'vscode';
import {
  type DeclarationsParams,
  type DeclarationsResult,
  declarationsMethod,
  liveObjectScheme,
} from '../../../server/src/language/protocol/index.ts';
import { isChecked } from '../documentSelector.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import { declarationQuestion, declaredFindings } from './declaredFindings.ts';

/** How long nothing must be typed before the files are compared again (milliseconds). */
const pause = 1500;

/** Keeps what the files of the workspace say of the last scans' findings. The cluster is not asked for it. */
export class Declarations implements vscode.Disposable {
  readonly #model: ClusterModel;
  readonly #client: KubeHardenClient;
  readonly #running = new Map<string, vscode.CancellationTokenSource>();
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(model: ClusterModel, client: KubeHardenClient) {
    this.#model = model;
    this.#client = client;
  }

  /** Compares the last report of a context with the files. */
  async compare(contextName: string): Promise<void> {
    const { scanned } = this.#model.stateOf(contextName);
    const hasFolders = (vscode.workspace.workspaceFolders ?? []).length > 0;
    if (scanned === undefined || !hasFolders) return;
    // Only somebody who scans clusters pays for it.
    this.#watching ??= this.#watch();
    this.#running.get(contextName)?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running.set(contextName, source);
    try {
      const question = declarationQuestion(scanned.report, scanned.findings);
      const params: DeclarationsParams = { objects: question.objects, rules: scanned.report.rules };
      const answer = await this.#client.request<DeclarationsResult>(declarationsMethod, params, source.token);
      if (source.token.isCancellationRequested) return;
      this.#model.compared(scanned.report, declaredFindings(question, answer));
    } catch (error) {
      if (!source.token.isCancellationRequested)
        this.#client.log.error('Findings were not compared with files.', error);
    } finally {
      if (this.#running.get(contextName) === source) this.#running.delete(contextName);
      source.dispose();
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const source of this.#running.values()) source.cancel();
    this.#watching?.dispose();
  }

  #watch(): vscode.Disposable {
    const files = vscode.workspace.createFileSystemWatcher('**/*.{yaml,yml,json}');
    const soon = () => this.#compareSoon();
    return vscode.Disposable.from(
      files,
      files.onDidCreate(soon),
      files.onDidChange(soon),
      files.onDidDelete(soon),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme !== liveObjectScheme && isChecked(document)) soon();
      }),
    );
  }

  #compareSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const { name } of this.#model.contexts) void this.compare(name);
    }, pause);
  }
}
