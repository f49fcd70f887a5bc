import type { ExtensionContext } from 'vscode';
import { registerCommands } from './commands/registerCommands.ts';
import { createLanguageClient, type KubeHardenClient } from './languageClient.ts';
import { createLanguageStatus } from './languageStatus.ts';
import { provideRuleDocumentation } from './ruleDocumentation.ts';

let client: KubeHardenClient | undefined;

/** Called by VS Code when the first YAML file is opened, or one of our commands is run. */
export function activate(context: ExtensionContext): void {
  client = createLanguageClient(context);
  context.subscriptions.push(
    createLanguageStatus(client),
    provideRuleDocumentation(client),
    registerCommands(client, context),
  );
  // Not awaited: the server starts beside the editor, and requests wait for it by themselves.
  void client.start();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}
