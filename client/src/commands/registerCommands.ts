import * as vscode from 'vscode';
import { createClusterFindings } from '../clusterFindings/clusterFindings.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import { configurationCommands } from './configuration.ts';
import { encryptionKeyCommands } from './encryptionKey.ts';
import { hardeningCommands } from './hardening.ts';
import { ruleDocumentationCommands } from './ruleDocumentation.ts';
import { serverCommands } from './server.ts';
import { walkthroughCommands } from './walkthrough.ts';
import { workspaceScanCommands } from './workspaceScan.ts';

/** Commands of one family, by the part of their id after `kubeharden.`. */
export type Commands = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

export function registerCommands(client: KubeHardenClient, context: vscode.ExtensionContext): vscode.Disposable {
  const commands: Commands = {
    ...createClusterFindings(client, context),
    ...configurationCommands(),
    ...encryptionKeyCommands(client),
    ...hardeningCommands(client),
    ...ruleDocumentationCommands(),
    ...serverCommands(client),
    ...walkthroughCommands(context),
    ...workspaceScanCommands(client, context),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`kubeharden.${name}`, run)),
  );
}
