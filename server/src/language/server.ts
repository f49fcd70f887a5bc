import type { Connection } from 'vscode-languageserver';
import { createLocalizer } from '../sentences/index.ts';
import { readClientAbilities, readInitializationOptions } from './clientAbilities.ts';
import { DiskTexts } from './diskTexts.ts';
import { canonicalUri } from './fileUris.ts';
import { LanguageServer } from './languageServer.ts';
import { createLanguageServices } from './languageServices.ts';
import { answerRequests } from './requests.ts';
import { serverCapabilities } from './serverCapabilities.ts';
import { SettingsStore } from './settingsStore.ts';
import { WorkspaceFolders } from './workspaceFolders.ts';

/** Serves one client until it says `exit`. */
export function serveConnection(connection: Connection): void {
  connection.onInitialize((parameters) => {
    const abilities = readClientAbilities(parameters);
    const ask = abilities.configuration
      ? (items: { scopeUri: string; section: string }[]) => connection.workspace.getConfiguration(items)
      : undefined;
    const roots =
      parameters.workspaceFolders?.map(({ uri }) => uri) ?? [parameters.rootUri].filter((uri) => uri != null);
    const diskTexts = new DiskTexts();
    const services = createLanguageServices({
      abilities,
      settings: new SettingsStore(ask),
      folders: new WorkspaceFolders(roots.map(canonicalUri)),
      localize: createLocalizer(readInitializationOptions(parameters.initializationOptions).l10n),
      diskTexts,
    });
    const server = new LanguageServer(connection, services, diskTexts);
    server.listen();
    answerRequests(connection, services, server);
    return { capabilities: serverCapabilities(abilities), serverInfo: { name: 'KubeHarden' } };
  });
  connection.listen();
}
