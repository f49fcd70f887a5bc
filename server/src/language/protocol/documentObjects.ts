import type { Range, TextDocumentIdentifier } from 'vscode-languageserver-protocol';

/**
 * Request, client to server: {@link DocumentObjectsParams} in, {@link DocumentObjectsResult} out. The Kubernetes objects of
 * an open document as they would be sent to a cluster, items of lists each by itself.
 */
export const documentObjectsMethod = 'kubeharden/documentObjects';

export interface DocumentObjectsParams {
  readonly textDocument: TextDocumentIdentifier;
}

export interface DocumentObjectsResult {
  readonly objects: readonly DocumentObject[];
  /** What cannot be sent as it is, and why: sentences. */
  readonly leftOut: readonly { readonly range: Range; readonly reason: string }[];
}

export interface DocumentObject {
  /** Where it stands: among the YAML documents of the file, and in its document. */
  readonly documentIndex: number;
  readonly path: readonly (string | number)[];
  readonly range: Range;
  /** `Deployment shop/web`. */
  readonly name: string;
  /** The object as JSON. */
  readonly object: unknown;
}
