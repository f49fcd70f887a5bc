import type { Position, TextDocumentIdentifier, WorkspaceEdit } from 'vscode-languageserver-protocol';

/**
 * Request, client to server: {@link HardenResourceParams} in, {@link HardenResourceResult} out. Applies every safe and
 * every hardening fix of the resource at a position. The edit carries change annotations that ask for confirmation, so
 * that the editor shows a preview.
 */
export const hardenResourceMethod = 'kubeharden/hardenResource';

export interface HardenResourceParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

/** null: no resource is at the position. */
export type HardenResourceResult = {
  /** `Deployment shop/web`. */
  readonly resource: string;
  /** Absent when nothing is left to harden, or every fix was refused. */
  readonly edit?: WorkspaceEdit;
  /** Titles of the fixes in the edit. */
  readonly applied: readonly string[];
  /** Sentences: what could not be fixed and why. */
  readonly refused: readonly string[];
} | null;
