import * as vscode from 'vscode';
import type {
  EnvironmentParams,
  JudgementSettings,
  ProfileName,
  ScanParams,
} from '../../../server/src/cluster/protocol/index.ts';

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

/** A scan as the settings want it, to be judged as `judgement` says. */
export function scanParams(contextName: string, judgement: JudgementSettings): ScanParams {
  const settings = vscode.workspace.getConfiguration(clusterSection);
  const namespaces = settings.get<string[]>('namespaces', []);
  return {
    contextName,
    ...judgement,
    ...(namespaces.length === 0 ? {} : { namespaces }),
    readsSecretMetadata: settings.get('readSecretMetadata', false),
  };
}

/**
 * How clusters are judged as the settings and the team's configuration want it.
 *
 * @param forcedProfile what somebody wants to see instead of what is set
 */
export async function judgementSettings(forcedProfile?: ProfileName): Promise<JudgementSettings> {
  const settings = vscode.workspace.getConfiguration('kubeharden');
  const configuration = await teamConfiguration();
  return {
    profile: settings.get<ProfileName>('profile', 'guide'),
    ...(forcedProfile === undefined ? {} : { forcedProfile }),
    rules: settings.get<Record<string, string>>('rules', {}),
    ...(configuration === undefined ? {} : { configuration }),
  };
}

/** Whether a change of settings may change {@link judgementSettings}. */
export function affectsJudgement(event: vscode.ConfigurationChangeEvent): boolean {
  return ['kubeharden.profile', 'kubeharden.rules'].some((id) => event.affectsConfiguration(id));
}

export function showsSystemObjects(): boolean {
  return vscode.workspace.getConfiguration(clusterSection).get('showSystemObjects', false);
}

/** Whether it is the file that holds for clusters. */
export function isTeamConfiguration(uri: vscode.Uri): boolean {
  return uri.toString() === teamConfigurationUri()?.toString();
}

function teamConfigurationUri(): vscode.Uri | undefined {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder === undefined ? undefined : vscode.Uri.joinPath(folder.uri, '.kubeharden.yaml');
}

/** The `.kubeharden.yaml` of the first workspace folder, where there is one; as the editor has it, if it is open. */
async function teamConfiguration(): Promise<JudgementSettings['configuration']> {
  const uri = teamConfigurationUri();
  if (uri === undefined) return undefined;
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return { uri: uri.toString(), text: open.getText() };
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { uri: uri.toString(), text };
  } catch {
    return undefined;
  }
}
