import type { Range, TextDocumentIdentifier } from 'vscode-languageserver-protocol';

/**
 * Request, client to server: {@link PlaceRangeParams} in, {@link PlaceRangeResult} out. Where a path leads to in an
 * open document.
 */
export const placeRangeMethod = 'kubeharden/placeRange';

export interface PlaceRangeParams {
  readonly textDocument: TextDocumentIdentifier;
  /** Among the YAML documents of the file; default 0. */
  readonly documentIndex?: number;
  readonly path: readonly (string | number)[];
}

/** Of the nearest field that is there; null where the document has no object. */
export type PlaceRangeResult = Range | null;
