import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol/index.ts';

/** What the client said it can do, as plain answers. A client that says nothing can do nothing. */
export interface ClientAbilities {
  /** Asks for diagnostics itself (`textDocument/diagnostic`); to any other client they are pushed. */
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly configuration: boolean;
  readonly registerConfiguration: boolean;
  readonly registerFileWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly codeActionLiterals: boolean;
  readonly resolveEdits: boolean;
  readonly disabledActions: boolean;
  readonly documentChanges: boolean;
  readonly createFiles: boolean;
  readonly changeAnnotations: boolean;
  readonly snippetEdits: boolean;
  readonly markdownHover: boolean;
  readonly showDocument: boolean;
  /** Commands that the client carries out itself. */
  readonly commands: ReadonlySet<string>;
}

export function readClientAbilities(parameters: InitializeParams): ClientAbilities {
  const { textDocument, workspace, window } = parameters.capabilities;
  const codeAction = textDocument?.codeAction;
  const workspaceEdit = workspace?.workspaceEdit;
  const diagnostics = textDocument?.diagnostic ?? textDocument?.publishDiagnostics;
  return {
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: diagnostics?.relatedInformation === true,
    configuration: workspace?.configuration === true,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registerFileWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    resolveEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    disabledActions: codeAction?.disabledSupport === true,
    documentChanges: workspaceEdit?.documentChanges === true,
    createFiles:
      workspaceEdit?.documentChanges === true && workspaceEdit.resourceOperations?.includes('create') === true,
    changeAnnotations: workspaceEdit?.documentChanges === true && workspaceEdit.changeAnnotationSupport !== undefined,
    snippetEdits: workspaceEdit?.documentChanges === true && workspaceEdit.snippetEditSupport === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    showDocument: window?.showDocument?.support === true,
    commands: new Set(readInitializationOptions(parameters.initializationOptions).clientCommands),
  };
}

export function readInitializationOptions(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const { clientCommands, l10n } = value as Record<string, unknown>;
  return {
    ...(Array.isArray(clientCommands) && { clientCommands: clientCommands.filter((id) => typeof id === 'string') }),
    ...(typeof l10n === 'object' && l10n !== null && { l10n: l10n as Record<string, string> }),
  };
}
