import * as vscode from 'vscode';
import type { Commands } from '../commands/registerCommands.ts';
import type { KubeHardenClient } from '../languageClient.ts';
import { BeforeApplying } from './beforeApplying.ts';
import { clusterCommands } from './clusterCommands.ts';
import { ClusterModel } from './clusterModel.ts';
import { ClusterProcess } from './clusterProcess.ts';
import { affectsEnvironment, clusterEnvironment, clusterSection, judgementSettings } from './clusterSettings.ts';
import { ClusterView } from './clusterView.ts';
import { CredentialCommands } from './credentialCommands.ts';
import { Declarations } from './declarations.ts';
import { FieldWriters } from './fieldWriters.ts';
import { JudgingAgain } from './judgingAgain.ts';
import { LiveObjectHovers } from './liveObjectHovers.ts';
import { LiveObjects } from './liveObjects.ts';
import { Scanning } from './scanning.ts';

/** The view of live clusters. Nothing of it runs before the view is shown or a command is called. */
export function createClusterFindings(client: KubeHardenClient, context: vscode.ExtensionContext): Commands {
  const model = new ClusterModel();
  const credentialCommands = new CredentialCommands(context.globalState);
  const process = new ClusterProcess({
    program: context.asAbsolutePath('dist/cluster.cjs'),
    environment: () => clusterEnvironment(context.extension.packageJSON.version),
    localize: (text, args = {}) => vscode.l10n.t(text, args),
    mayRun: (params) => credentialCommands.mayRun(params),
    onProgress: (progress) => model.scanProgressed(progress),
    onChanged: (params) => model.changedSince(params),
    onExit: (code) => {
      client.log.error(`The cluster process ended with exit code ${code}.`);
      model.changesLost();
    },
  });
  const writers = new FieldWriters(model, (params, token) => process.readObject(params, token));
  const view = new ClusterView({ model, client, writers }, context.workspaceState);
  const liveObjects = new LiveObjects(process, model, client);
  const declarations = new Declarations(model, client);
  const beforeApplying = new BeforeApplying(process, client);
  const judgement = () => judgementSettings(view.filter.profile);
  const judgingAgain = new JudgingAgain(process, model, client, judgement, (contextName) => {
    liveObjects.reportChanged(contextName);
    void declarations.compare(contextName);
  });
  const scanning = new Scanning(process, model, view, client, judgement, (contextName, judgedBy) => {
    liveObjects.reportChanged(contextName);
    liveObjects.refresh(contextName);
    void declarations.compare(contextName);
    judgingAgain.scanned(contextName, judgedBy);
    watch();
  });

  /** Changes are asked for only while somebody looks, and counted from the last scan on. */
  function watch(): void {
    const { active } = model;
    const isScanned = active !== undefined && model.stateOf(active).scanned !== undefined;
    process.watch(view.isVisible && isScanned ? active : undefined);
  }
  async function environmentChanged(): Promise<void> {
    process.environmentChanged();
    // What is known of other files would be asked about in vain.
    if (view.isVisible || model.emptiness !== 'unknown') await scanning.listContexts();
  }
  context.subscriptions.push(
    process,
    view,
    liveObjects.register(),
    new LiveObjectHovers(model, client, writers).register(),
    declarations,
    judgingAgain,
    beforeApplying,
    view.onDidChangeVisibility(({ visible }) => {
      if (visible && model.emptiness !== 'filled') void scanning.listContexts();
      watch();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(environmentChanged),
    vscode.workspace.onDidChangeWorkspaceFolders(environmentChanged),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsEnvironment(event)) void environmentChanged();
      if (event.affectsConfiguration(`${clusterSection}.showSystemObjects`)) view.draw();
    }),
  );
  if (view.isVisible) void scanning.listContexts();
  return clusterCommands({
    model,
    view,
    process,
    client,
    scanning,
    judgingAgain,
    liveObjects,
    beforeApplying,
    credentialCommands,
  });
}
