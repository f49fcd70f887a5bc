import * as vscode from 'vscode';
import type { WhatIfParams } from '../../../server/src/cluster/protocol/index.ts';
import {
  type DocumentObjectsParams,
  type DocumentObjectsResult,
  documentObjectsMethod,
} from '../../../server/src/language/protocol/index.ts';
import { isChecked } from '../documentSelector.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import type { ClusterProcess } from './clusterProcess.ts';
import type { WhatIfResult } from './spoken.ts';

/** Shows what a Pod Security level would reject of what runs in a namespace, as the cluster itself says in a dry run. */
export async function showPodSecurityWhatIf(
  process: ClusterProcess,
  client: KubeHardenClient,
  contextName: string,
  namespace: string,
): Promise<void> {
  const level = await pickLevel(namespace);
  if (level === undefined) return;
  const result = await ask(process, client, { contextName, namespace, level });
  if (result === undefined) return;
  if (result.kind === 'trouble') {
    void vscode.window.showErrorMessage(result.message);
    return;
  }
  if (result.warnings.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The level {0} would reject nothing that runs in {1}.', level, namespace),
    );
    return;
  }
  await vscode.window.showQuickPick(result.warnings.map(warningItem), {
    title: vscode.l10n.t('What the level {0} would reject in {1}', level, namespace),
    placeHolder: vscode.l10n.t('Only new pods would be rejected; what runs stays until it is replaced.'),
    matchOnDetail: true,
  });
}

/** The names of the Namespaces that a document declares. */
export async function namespacesIn(
  document: vscode.TextDocument,
  client: KubeHardenClient,
): Promise<readonly string[]> {
  if (!isChecked(document)) return [];
  const params: DocumentObjectsParams = {
    textDocument: client.languageClient.code2ProtocolConverter.asTextDocumentIdentifier(document),
  };
  const { objects } = await client.request<DocumentObjectsResult>(documentObjectsMethod, params);
  const prefix = 'Namespace ';
  return objects.flatMap(({ name }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
}

async function pickLevel(namespace: string): Promise<WhatIfParams['level'] | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Baseline'),
      detail: vscode.l10n.t('Forbids what is known to give a pod power over its node.'),
      level: 'baseline' as const,
    },
    {
      label: vscode.l10n.t('Restricted'),
      detail: vscode.l10n.t('Asks for hardening too: no root, no capabilities, a seccomp profile.'),
      level: 'restricted' as const,
    },
  ];
  const placeHolder = vscode.l10n.t('Which Pod Security level for {0}?', namespace);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.level;
}

async function ask(
  process: ClusterProcess,
  client: KubeHardenClient,
  params: WhatIfParams,
): Promise<WhatIfResult | undefined> {
  const title = vscode.l10n.t('Asking {0}, without changing anything', params.contextName);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    try {
      const result = await process.whatIfPodSecurity(params, token);
      return token.isCancellationRequested ? undefined : result;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      client.log.error(`What-if against ${params.contextName} failed.`, error);
      return { kind: 'trouble', message: vscode.l10n.t('The cluster could not be asked; the log says more.') };
    }
  });
}

/** `web-1 (and 3 other pods): privileged, host namespaces`: the pods, and what is wrong with them. */
function warningItem(warning: string): vscode.QuickPickItem {
  const colon = warning.indexOf(': ');
  return colon < 0 ? { label: warning } : { label: warning.slice(0, colon), detail: warning.slice(colon + 2) };
}
