import type { Diagnostic, WorkDoneProgressParams } from 'vscode-languageserver-protocol';

/**
 * Request, client to server: {@link ScanWorkspaceParams} in, {@link ScanWorkspaceResult} out. Judges every manifest of
 * the workspace folders that is not open. Progress comes as `$/progress` for the `workDoneToken` in the parameters, with
 * a percentage; `$/cancelRequest` ends it with the error RequestCancelled.
 *
 * The client keeps the answer in a diagnostic collection of its own and drops a file from it when the file is opened,
 * since open documents are pulled.
 */
export const scanWorkspaceMethod = 'kubeharden/scanWorkspace';

export interface ScanWorkspaceParams extends WorkDoneProgressParams {
  /** URIs of the folders to scan; absent: all workspace folders. */
  readonly folders?: readonly string[];
}

export interface ScanWorkspaceResult {
  /** Files with at least one finding, sorted by URI; open documents are not among them. */
  readonly files: readonly { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[];
  /** Manifests that were judged, open ones included. */
  readonly manifestCount: number;
  readonly resourceCount: number;
  /** All findings of these, open documents included, before any cap. */
  readonly findingCount: number;
  /** What was left out and why; sentences. */
  readonly notChecked: readonly { readonly uri: string; readonly reason: string }[];
  /** The one sentence to show: "12 findings in 42 resources of 17 files; 2 files were not checked." */
  readonly summary: string;
}
