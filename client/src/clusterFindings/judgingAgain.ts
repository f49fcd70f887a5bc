import * as vscode from 'vscode';
import type { JudgementSettings } from '../../../server/src/cluster/protocol/index.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterModel } from './clusterModel.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import { affectsJudgement, isTeamConfiguration } from './clusterSettings.ts';

/** How long nothing must change before reports are judged again (milliseconds). */
const pause = 300;

/** Sees to it that every report is judged as it is wanted now. What was read is judged again; no cluster is asked. */
export class JudgingAgain implements vscode.Disposable {
  readonly #process: ClusterProcess;
  readonly #model: ClusterModel;
  readonly #client: KubeHardenClient;
  readonly #wanted: () => Promise<JudgementSettings>;
  readonly #onJudged: (contextName: string) => void;
  /** By context, the settings that its report was last asked for. */
  readonly #judgedBy = new Map<string, string>();
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param wanted how reports are to be judged now
   * @param onJudged called after each report that took the place of another
   */
  constructor(
    process: ClusterProcess,
    model: ClusterModel,
    client: KubeHardenClient,
    wanted: () => Promise<JudgementSettings>,
    onJudged: (contextName: string) => void,
  ) {
    this.#process = process;
    this.#model = model;
    this.#client = client;
    this.#wanted = wanted;
    this.#onJudged = onJudged;
  }

  /** A scan gave a report, judged by the settings of its beginning. */
  scanned(contextName: string, settings: JudgementSettings): void {
    // Only somebody who scans clusters pays for it.
    this.#watching ??= this.#watch();
    this.#judgedBy.set(contextName, keyOf(settings));
    void this.judge();
  }

  /**
   * Judges the reports that were judged by other settings than are wanted now.
   *
   * @returns the contexts of which that could not be done, for what was read is not at hand any more
   */
  async judge(): Promise<ReadonlySet<string>> {
    const settings = await this.#wanted();
    const names = this.#model.contexts.map(({ name }) => name);
    const forgotten = await Promise.all(names.map((name) => this.#judge(name, settings)));
    return new Set(names.filter((_name, index) => forgotten[index]));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
  }

  /** @returns true if what was read is not at hand any more */
  async #judge(contextName: string, settings: JudgementSettings): Promise<boolean> {
    const key = keyOf(settings);
    const before = this.#judgedBy.get(contextName);
    if (this.#model.stateOf(contextName).scanned === undefined || before === key) return false;
    this.#judgedBy.set(contextName, key);
    try {
      const result = await this.#process.judgeAgain({ contextName, ...settings });
      if (this.#judgedBy.get(contextName) !== key) return false;
      if (result.kind === 'report' && this.#model.judgedAgain(result.report)) this.#onJudged(contextName);
      if (result.kind !== 'forgotten') return false;
      // The report is as it was.
      if (before === undefined) this.#judgedBy.delete(contextName);
      else this.#judgedBy.set(contextName, before);
      return true;
    } catch (error) {
      this.#client.log.error(`The report on ${contextName} was not judged again.`, error);
      return false;
    }
  }

  #watch(): vscode.Disposable {
    const configurations = vscode.workspace.createFileSystemWatcher('**/.kubeharden.yaml');
    const soon = () => this.#soon();
    const soonIfConfiguration = ({ uri }: vscode.TextDocument) => {
      if (isTeamConfiguration(uri)) this.#soon();
    };
    return vscode.Disposable.from(
      configurations,
      configurations.onDidCreate(soon),
      configurations.onDidChange(soon),
      configurations.onDidDelete(soon),
      vscode.workspace.onDidChangeTextDocument(({ document }) => soonIfConfiguration(document)),
      // What was typed and not saved is gone.
      vscode.workspace.onDidCloseTextDocument(soonIfConfiguration),
      vscode.workspace.onDidChangeWorkspaceFolders(soon),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsJudgement(event)) this.#soon();
      }),
    );
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.judge(), pause);
  }
}

function keyOf({ profile, forcedProfile, rules, configuration }: JudgementSettings): string {
  return JSON.stringify([profile, forcedProfile, rules, configuration]);
}
