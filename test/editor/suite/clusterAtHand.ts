// A cluster for a suite: a fake API server on the loopback interface, and the setting that leads to it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { kubeconfigFor } from '../../cluster/connectTo.ts';
import type { FakeApiServer } from '../../cluster/fakeApiServer.ts';
import { startShopCluster } from '../../cluster/shopCluster.ts';

export interface ClusterAtHand {
  readonly server: FakeApiServer;
  /** Ends it and takes the setting back. */
  end(): Promise<void>;
}

export async function clusterAtHand(): Promise<ClusterAtHand> {
  const server = await startShopCluster();
  const folder = mkdtempSync(join(tmpdir(), 'kubeharden-suite-'));
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(server, {})), { mode: 0o600 });
  await nameKubeconfig(kubeconfig);
  return {
    server,
    async end() {
      await nameKubeconfig(undefined);
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The setting; undefined takes it back. */
export function nameKubeconfig(path: string | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('kubeharden.cluster')
    .update('kubeconfig', path, vscode.ConfigurationTarget.Global);
}

/** Opens an object as a click on a finding of the tree does. */
export async function openFinding(
  contextName: string,
  object: Readonly<Record<'group' | 'version' | 'kind' | 'namespace' | 'name', string>>,
  path: readonly (string | number)[],
): Promise<vscode.TextEditor | undefined> {
  const node = { kind: 'finding', contextName, parent: undefined, finding: { object, path } };
  await vscode.commands.executeCommand('kubeharden.openLiveObject', node);
  return vscode.window.activeTextEditor;
}

/** Where a context stands in the tree. */
export const contextNode = (contextName: string) => ({ kind: 'context', contextName, parent: undefined });

/** The problems that a dry run left in a document. */
export const verdicts = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => /dry run/.test(source ?? ''));

export const deployment = (name: string) => ({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  namespace: 'shop',
  name,
});
