import * as vscode from 'vscode';
import type { EnvironmentParams, ScanParams } from '../../../server/src/cluster/protocol/index.ts';

/** The section of the settings that are about clusters. */
export const clusterSection = 'kubeharden.cluster';

/** What the cluster process is told of the editor. */
export function clusterEnvironment(version: string): EnvironmentParams {
  const http = vscode.workspace.getConfiguration('http');
  const kubeconfig = vscode.workspace.getConfiguration(clusterSection).get<string>('kubeconfig', '');
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    userAgent: `kubeharden/${version}`,
    isTrusted: vscode.workspace.isTrusted,
    workspaceFolders: folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
    ...(kubeconfig === '' ? {} : { kubeconfig }),
    proxy: http.get<string>('proxy', ''),
    noProxy: http.get<string[]>('noProxy', []),
  };
}

/** Whether a change of settings may change {@link clusterEnvironment}. */
export function affectsEnvironment(event: vscode.ConfigurationChangeEvent): boolean {
  return ['http.proxy', 'http.noProxy', `${clusterSection}.kubeconfig`].some((id) => event.affectsConfiguration(id));
}

/** A scan as the settings and the team's configuration want it. */
export async function scanParams(contextName: string): Promise<ScanParams> {
  const settings = vscode.workspace.getConfiguration('kubeharden');
  const namespaces = settings.get<string[]>('cluster.namespaces', []);
  const configuration = await teamConfiguration();
  return {
    contextName,
    ...(namespaces.length === 0 ? {} : { namespaces }),
    profile: settings.get<NonNullable<ScanParams['profile']>>('profile', 'guide'),
    rules: settings.get<Record<string, string>>('rules', {}),
    ...(configuration === undefined ? {} : { configuration }),
    readsSecretMetadata: settings.get('cluster.readSecretMetadata', false),
  };
}

export function showsSystemObjects(): boolean {
  return vscode.workspace.getConfiguration(clusterSection).get('showSystemObjects', false);
}

/** The `.kubeharden.yaml` of the first workspace folder, where there is one. */
async function teamConfiguration(): Promise<ScanParams['configuration']> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, '.kubeharden.yaml');
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { uri: uri.toString(), text };
  } catch {
    return undefined;
  }
}
