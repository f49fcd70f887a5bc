import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import type { ClientAbilities } from './clientAbilities.ts';
import { codeActionKinds } from './codeActions/codeActions.ts';
import { completionTriggers } from './completion/completion.ts';
import { showRuleDocumentationCommand } from './protocol/index.ts';

export function serverCapabilities(abilities: ClientAbilities): ServerCapabilities {
  const ownsCommand = !abilities.commands.has(showRuleDocumentationCommand) && abilities.showDocument;
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    // Rules that look across files make one document's findings depend on another's text.
    ...(abilities.pullDiagnostics && {
      diagnosticProvider: { identifier: 'kubeharden', interFileDependencies: true, workspaceDiagnostics: false },
    }),
    ...(abilities.codeActionLiterals && {
      codeActionProvider: { codeActionKinds, resolveProvider: abilities.resolveEdits },
    }),
    hoverProvider: true,
    completionProvider: { triggerCharacters: completionTriggers },
    ...(ownsCommand && { executeCommandProvider: { commands: [showRuleDocumentationCommand] } }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
