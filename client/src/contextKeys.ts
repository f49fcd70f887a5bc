import * as vscode from 'vscode';

/** Every key that we set for `when` and `enablement` clauses in package.json. */
export const contextKeys = {
  /** The active editor shows a Kubernetes manifest. */
  isManifest: 'kubeharden.isManifest',
  /** The Problems view holds findings of a workspace check. */
  hasScanFindings: 'kubeharden.hasScanFindings',
  /** Why the view of clusters is empty, or `filled`: an `Emptiness`. */
  clusterContexts: 'kubeharden.clusterContexts',
  isScanningCluster: 'kubeharden.isScanningCluster',
  /** Some context was scanned. */
  hasClusterReport: 'kubeharden.hasClusterReport',
  /** The last report names permissions that would complete it. */
  hasClusterRole: 'kubeharden.hasClusterRole',
  /** The findings of clusters are filtered. */
  isClusterFiltered: 'kubeharden.isClusterFiltered',
} as const;

export function setContextKey(key: (typeof contextKeys)[keyof typeof contextKeys], value: boolean | string): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
