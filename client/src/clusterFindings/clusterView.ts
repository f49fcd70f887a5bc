import * as vscode from 'vscode';
import type { Changes, ScanProgressParams } from '../../../server/src/cluster/protocol/index.ts';
import { contextKeys, setContextKey } from '../contextKeys.ts';
import type { ClusterModel, ModelChange } from './clusterModel.ts';
import { showsSystemObjects } from './clusterSettings.ts';
import { type ClusterNode, childrenOf, rootsOf, type TreeOptions } from './clusterTree.ts';
import { type FindingFilter, filterFindings, isFiltering, noFilter, storedFilter } from './findingFilter.ts';
import { countBySeverity, type Grouping, groupings } from './findingGroups.ts';
import { RuleTitles } from './ruleTitles.ts';
import type { ClusterReport } from './spoken.ts';
import { type TooltipParts, tooltipOf } from './tooltips.ts';
import { nameRule, namespaceText, severityText, treeItem } from './treeItems.ts';

export const clusterViewId = 'kubehardenCluster';

/** Changes come in bursts while a scan runs; the tree is drawn again at most this often, in milliseconds. */
const refreshInterval = 250;

/** What the workspace remembers of the view. */
const groupingKey = 'clusterGrouping';
const filterKey = 'clusterFilter';

/** The tree of contexts and findings, and what stands around it: title, message and badge. */
export class ClusterView implements vscode.TreeDataProvider<ClusterNode> {
  readonly #model: ClusterModel;
  readonly #tooltipParts: TooltipParts;
  readonly #titles: RuleTitles;
  readonly #memory: vscode.Memento;
  readonly #view: vscode.TreeView<ClusterNode>;
  readonly #changed = new vscode.EventEmitter<ClusterNode | undefined>();
  readonly #disposables: { dispose(): void }[] = [this.#changed];
  /** Ids of the lines that are open. */
  readonly #open = new Set<string>();
  #refresh: NodeJS.Timeout | undefined;
  #isTreeStale = false;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(tooltipParts: TooltipParts, memory: vscode.Memento) {
    const { model } = tooltipParts;
    this.#model = model;
    this.#tooltipParts = tooltipParts;
    this.#titles = new RuleTitles(tooltipParts.client);
    this.#memory = memory;
    this.#view = vscode.window.createTreeView(clusterViewId, { treeDataProvider: this, showCollapseAll: true });
    this.#disposables.push(
      this.#view,
      this.#view.onDidExpandElement(({ element }) => this.#open.add(element.id)),
      this.#view.onDidCollapseElement(({ element }) => this.#open.delete(element.id)),
      model.onDidChange((change) => this.#soon(change)),
    );
    this.#showAround();
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<vscode.TreeViewVisibilityChangeEvent> {
    return this.#view.onDidChangeVisibility;
  }

  get filter(): FindingFilter {
    return storedFilter(this.#memory.get(filterKey));
  }

  async filterBy(filter: FindingFilter): Promise<void> {
    await this.#memory.update(filterKey, isFiltering(filter) ? filter : undefined);
    this.draw();
  }

  get grouping(): Grouping {
    const stored = this.#memory.get<string>(groupingKey);
    return groupings.find((grouping) => grouping === stored) ?? 'chapter';
  }

  async groupBy(grouping: Grouping): Promise<void> {
    await this.#memory.update(groupingKey, grouping);
    this.draw();
  }

  /** Draws everything anew, at once. */
  draw(): void {
    clearTimeout(this.#refresh);
    this.#refresh = undefined;
    this.#isTreeStale = false;
    this.#changed.fire(undefined);
    this.#showAround();
  }

  /**
   * Opens a context with its findings. VS Code asks for changes after a while, and until then takes a line that had nothing
   * below it for empty and opens nothing.
   */
  async reveal(contextName: string): Promise<void> {
    this.draw();
    for (let attempts = 10; attempts > 0; attempts--) {
      const context = rootsOf(this.#model).find((node) => node.contextName === contextName);
      if (context === undefined) return;
      await this.#view.reveal(context, { select: false, focus: false, expand: true });
      if (this.#open.has(context.id) || !this.isVisible) return;
      await new Promise((resolve) => setTimeout(resolve, refreshInterval));
    }
  }

  async getTreeItem(node: ClusterNode): Promise<vscode.TreeItem> {
    const item = treeItem(node, this.#model, this.grouping);
    if (node.kind !== 'group' || node.group.key.kind !== 'rule') return item;
    return nameRule(item, node.group, await this.#titles.titleOf(node.group.key.ruleId));
  }

  getChildren(node?: ClusterNode): ClusterNode[] {
    return [...(node === undefined ? rootsOf(this.#model) : childrenOf(node, this.#model, this.#options()))];
  }

  getParent(node: ClusterNode): ClusterNode | undefined {
    return node.parent;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ClusterNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = await tooltipOf(node, this.#tooltipParts, token);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #options(): TreeOptions {
    return { grouping: this.grouping, filter: this.filter, showsSystemObjects: showsSystemObjects() };
  }

  /** A large tree is not asked for anew because a scan went on. */
  #soon(change: ModelChange): void {
    this.#isTreeStale ||= change === 'contents';
    this.#refresh ??= setTimeout(() => {
      if (this.#isTreeStale) {
        this.draw();
      } else {
        this.#refresh = undefined;
        this.#showAround();
      }
    }, refreshInterval);
  }

  #showAround(): void {
    const { active, emptiness, isScanning, contexts } = this.#model;
    const scanned = active === undefined ? undefined : this.#model.stateOf(active).scanned;
    setContextKey(contextKeys.clusterContexts, emptiness);
    setContextKey(contextKeys.isScanningCluster, isScanning);
    const reports = contexts.flatMap(({ name }) => this.#model.stateOf(name).scanned?.report ?? []);
    setContextKey(contextKeys.hasClusterReport, reports.length > 0);
    setContextKey(
      contextKeys.hasClusterRole,
      reports.some(({ clusterRole }) => clusterRole !== undefined),
    );
    setContextKey(contextKeys.isClusterFiltered, isFiltering(this.filter));
    this.#view.description = scanned === undefined ? '' : scanned.report.contextName;
    this.#view.message = this.#message();
    const errors = scanned === undefined ? 0 : countBySeverity(this.#shown(scanned.findings)).error;
    // Undefined takes the badge away.
    this.#view.badge =
      errors === 0 ? undefined : { value: errors, tooltip: vscode.l10n.t('Errors in {0}: {1}', active ?? '', errors) };
  }

  /** What is worth knowing before one looks at the tree; nothing if there is nothing. */
  #message(): string {
    const { active, contexts, emptiness, problems } = this.#model;
    if (emptiness !== 'filled') return problems.join(' ');
    const scans = contexts.flatMap(({ name }) => {
      const { scanning } = this.#model.stateOf(name);
      return scanning === undefined ? [] : [scanText(name, scanning.progress)];
    });
    if (scans.length > 0) return scans.join(' ');
    const state = active === undefined ? {} : this.#model.stateOf(active);
    if (state.scanned === undefined) {
      const hint =
        state.trouble === undefined ? [vscode.l10n.t('No cluster is contacted until you scan a context.')] : [];
      return [...problems, ...hint].join(' ');
    }
    const { report, findings, changes } = state.scanned;
    const { systemCount } = filterFindings(findings, this.filter, showsSystemObjects());
    return [
      ...problems,
      contexts.filter(({ name }) => this.#model.stateOf(name).scanned !== undefined).length > 1
        ? vscode.l10n.t('Objects read in {0}: {1}.', report.contextName, report.objectCount)
        : vscode.l10n.t('Objects read: {0}.', report.objectCount),
      ...changesText(changes),
      ...this.#filterText(report),
      ...(systemCount === 0 ? [] : [vscode.l10n.t('Hidden in objects of the system: {0}.', systemCount)]),
    ].join(' ');
  }

  #filterText({ profile: judgedBy }: ClusterReport): readonly string[] {
    const { text, namespaces, severities, profile } = this.filter;
    const parts = [
      // What could not be judged again is still as it was.
      ...(profile !== undefined && profile === judgedBy ? [vscode.l10n.t('profile {0}', profile)] : []),
      ...(text.trim() === '' ? [] : [text.trim()]),
      ...namespaces.map(namespaceText),
      ...severities.map(severityText),
    ];
    return parts.length === 0 ? [] : [vscode.l10n.t('Filter: {0}.', parts.join(', '))];
  }

  #shown(findings: Parameters<typeof filterFindings>[0]) {
    return filterFindings(findings, noFilter, showsSystemObjects()).findings;
  }
}

function changesText({ count, isComplete }: Changes): readonly string[] {
  if (isComplete) return count === 0 ? [] : [vscode.l10n.t('Objects changed since the scan: {0}.', count)];
  return count === 0
    ? [vscode.l10n.t('Objects may have changed since the scan; what happened for a while is not known.')]
    : [vscode.l10n.t('Objects changed since the scan: {0}, and perhaps more.', count)];
}

function scanText(contextName: string, progress: ScanProgressParams | undefined): string {
  if (progress === undefined) return vscode.l10n.t('Connecting to {0}.', contextName);
  const { reading, share, objectCount } = progress;
  return vscode.l10n.t(
    'Scanning {0}: {1} % ({2}). Objects read: {3}.',
    contextName,
    Math.round(share * 100),
    reading,
    objectCount,
  );
}
