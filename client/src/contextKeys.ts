import * as vscode from 'vscode';

/** Every key that we set for `when` and `enablement` clauses in package.json. */
export const contextKeys = {
  /** The active editor shows a Kubernetes manifest. */
  isManifest: 'kubeharden.isManifest',
  /** The Problems view holds findings of a workspace check. */
  hasScanFindings: 'kubeharden.hasScanFindings',
} as const;

export function setContextKey(key: (typeof contextKeys)[keyof typeof contextKeys], value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
