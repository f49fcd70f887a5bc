import type { ChangedParams, Changes, ScanProgressParams } from '../../../server/src/cluster/protocol/index.ts';
import type { DeclaredFindings } from './declaredFindings.ts';
import { type ShownFinding, shownFindings } from './shownFinding.ts';
import type { ClusterReport, ContextList, ContextSummary, ScanResult } from './spoken.ts';

/** What is known of one context. */
export interface ContextState {
  /** Of the scan that runs. */
  readonly scanning?: { readonly progress: ScanProgressParams | undefined };
  /** Of the last scan that gave a report; it stays while the next one runs, and when that one fails. */
  readonly scanned?: {
    readonly report: ClusterReport;
    readonly findings: readonly ShownFinding[];
    /** What changed since. */
    readonly changes: Changes;
    /** What the files of the workspace say of the findings, once that is known. */
    readonly declared?: DeclaredFindings;
  };
  /** Why the last scan gave none. */
  readonly trouble?: { readonly message: string; readonly details: readonly string[] };
}

const nothingChanged: Changes = { count: 0, isComplete: true };

/** Why the tree is empty, or that it is not. */
export type Emptiness = 'unknown' | 'noKubeconfig' | 'unreadable' | 'noContexts' | 'filled';

/** What changed: the lines of the tree, or only what stands above them. */
export type ModelChange = 'contents' | 'surroundings';

/** What the view shows: the contexts and what scans said of them. */
export class ClusterModel {
  readonly #listeners = new Set<(change: ModelChange) => void>();
  readonly #states = new Map<string, ContextState>();
  #list: ContextList | undefined;
  #active: string | undefined;

  onDidChange(listener: (change: ModelChange) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** The current context first, then as the kubeconfig has them. */
  get contexts(): readonly ContextSummary[] {
    const contexts = this.#list?.contexts ?? [];
    return [...contexts.filter(({ isCurrent }) => isCurrent), ...contexts.filter(({ isCurrent }) => !isCurrent)];
  }

  /** Sentences about files of the kubeconfig. */
  get problems(): readonly string[] {
    return this.#list?.problems ?? [];
  }

  get emptiness(): Emptiness {
    if (this.#list === undefined) return 'unknown';
    const { contexts, files, problems } = this.#list;
    if (contexts.length > 0) return 'filled';
    if (problems.length > 0) return 'unreadable';
    return files.length > 0 ? 'noContexts' : 'noKubeconfig';
  }

  /** The context whose report is newest; before there is one, that of the first scan. */
  get active(): string | undefined {
    return this.#active;
  }

  get isScanning(): boolean {
    return [...this.#states.values()].some(({ scanning }) => scanning !== undefined);
  }

  stateOf(contextName: string): ContextState {
    return this.#states.get(contextName) ?? {};
  }

  listed(list: ContextList | undefined): void {
    this.#list = list;
    const names = new Set(list?.contexts.map(({ name }) => name));
    for (const name of [...this.#states.keys()]) if (!names.has(name)) this.#states.delete(name);
    if (this.#active !== undefined && !names.has(this.#active)) this.#active = undefined;
    this.#changed();
  }

  /** The findings of a report were compared with the files; a report that has been replaced stays as it was. */
  compared(report: ClusterReport, declared: DeclaredFindings): void {
    const { scanned } = this.stateOf(report.contextName);
    if (scanned?.report === report) this.#put(report.contextName, { scanned: { ...scanned, declared } });
  }

  scanStarted(contextName: string): void {
    this.#active ??= contextName;
    this.#put(contextName, { scanning: { progress: undefined } });
  }

  scanProgressed(progress: ScanProgressParams): void {
    if (this.stateOf(progress.contextName).scanning === undefined) return;
    this.#put(progress.contextName, { scanning: { progress } }, 'surroundings');
  }

  scanEnded(contextName: string, result: ScanResult): void {
    const { scanning: _, ...before } = this.stateOf(contextName);
    switch (result.kind) {
      case 'report': {
        const { report } = result;
        this.#active = contextName;
        this.#states.set(contextName, {
          scanned: { report, findings: shownFindings(report), changes: nothingChanged },
        });
        break;
      }
      case 'unreachable': {
        const { message, details } = result;
        this.#states.set(contextName, { ...before, trouble: { message, details } });
        break;
      }
      case 'cancelled':
        this.#states.set(contextName, before);
    }
    this.#changed();
  }

  /**
   * What a scan read was judged by other settings. What the files say of it stays until it is compared with them again.
   *
   * @returns false if the report belongs to another scan than the one that is shown
   */
  judgedAgain(report: ClusterReport): boolean {
    const { scanned } = this.stateOf(report.contextName);
    if (scanned === undefined || scanned.report.scannedAt !== report.scannedAt) return false;
    this.#put(report.contextName, { scanned: { ...scanned, report, findings: shownFindings(report) } });
    return true;
  }

  changedSince({ contextName, count, isComplete }: ChangedParams): void {
    const { scanned } = this.stateOf(contextName);
    if (scanned === undefined) return;
    this.#put(contextName, { scanned: { ...scanned, changes: { count, isComplete } } }, 'surroundings');
  }

  /** Nothing more will be told of changes since the last scans. */
  changesLost(): void {
    for (const [contextName, { scanned }] of [...this.#states]) {
      if (scanned !== undefined) this.changedSince({ contextName, count: scanned.changes.count, isComplete: false });
    }
  }

  #put(contextName: string, state: ContextState, change: ModelChange = 'contents'): void {
    this.#states.set(contextName, { ...this.stateOf(contextName), ...state });
    this.#changed(change);
  }

  #changed(change: ModelChange = 'contents'): void {
    for (const listener of this.#listeners) listener(change);
  }
}
