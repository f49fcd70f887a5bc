import * as vscode from 'vscode';
import type { JudgementSettings } from '../../../server/src/cluster/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import { scanParams } from './clusterSettings.ts';
import { type ClusterView, clusterViewId } from './clusterView.ts';

/** The scans that run, so that they can be ended. */
export class Scanning {
  readonly #process: ClusterProcess;
  readonly #model: ClusterModel;
  readonly #view: ClusterView;
  readonly #client: KubeHardenClient;
  readonly #judgement: () => Promise<JudgementSettings>;
  readonly #onScanned: (contextName: string, judgement: JudgementSettings) => void;
  readonly #running = new Map<string, vscode.CancellationTokenSource>();

  /**
   * @param judgement how reports are to be judged
   * @param onScanned called after each scan that gave a report, with what it was judged by
   */
  constructor(
    process: ClusterProcess,
    model: ClusterModel,
    view: ClusterView,
    client: KubeHardenClient,
    judgement: () => Promise<JudgementSettings>,
    onScanned: (contextName: string, judgement: JudgementSettings) => void,
  ) {
    this.#process = process;
    this.#model = model;
    this.#view = view;
    this.#client = client;
    this.#judgement = judgement;
    this.#onScanned = onScanned;
  }

  /** Reads which contexts there are. Contacts nobody. */
  async listContexts(): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      this.#model.listed(undefined);
      return;
    }
    try {
      this.#model.listed(await this.#process.contexts());
    } catch (error) {
      this.#client.log.error('The contexts were not listed.', error);
      const problem = vscode.l10n.t('The kubeconfig could not be read; the log says more.');
      this.#model.listed({ contexts: [], files: [], problems: [problem] });
    }
  }

  /** A second scan of the same context ends the first. */
  async scan(contextName: string): Promise<void> {
    this.#running.get(contextName)?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running.set(contextName, source);
    this.#model.scanStarted(contextName);
    const judgement = this.#judgement();
    const scanned = vscode.window.withProgress({ location: { viewId: clusterViewId } }, async () =>
      this.#process.scan(scanParams(contextName, await judgement), source.token),
    );
    try {
      const result = await scanned;
      if (this.#running.get(contextName) !== source) return;
      this.#model.scanEnded(contextName, result);
      if (result.kind === 'report') {
        const { milliseconds, requests, bytes } = result.statistics;
        this.#client.log.info(`Scanned ${contextName}: ${milliseconds} ms, ${requests} requests, ${bytes} bytes.`);
        this.#onScanned(contextName, await judgement);
      }
      await this.#view.reveal(contextName);
    } catch (error) {
      this.#client.log.error(`The scan of ${contextName} failed.`, error);
      const message = vscode.l10n.t('The scan ended with an internal error; the log says more.');
      if (this.#running.get(contextName) === source) {
        this.#model.scanEnded(contextName, { kind: 'unreachable', message, details: [] });
      }
    } finally {
      source.dispose();
      if (this.#running.get(contextName) === source) this.#running.delete(contextName);
    }
  }

  /** Of one context, else of all. */
  cancel(contextName?: string): void {
    for (const [name, source] of this.#running) if (contextName === undefined || name === contextName) source.cancel();
  }
}
