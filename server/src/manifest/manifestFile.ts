import type { ManifestDocument } from './manifestDocument.ts';
import type { Place } from './manifestNode.ts';

/** Zero-based line and UTF-16 column, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface PositionRange {
  readonly start: Position;
  readonly end: Position;
}

/** Replace [start, end) of the file's current text by `text`. Offsets are UTF-16 units of the file. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Why a file was not judged; shown to the user, never silent. */
export interface NotChecked {
  readonly reason: 'too-large' | 'binary' | 'too-many-aliases' | 'too-deep';
  /** Whole sentence for the user. */
  readonly message: string;
}

export interface ParseOptions {
  /** How to read it; `'auto'` looks at the text: `{` first is JSON, `{{` anywhere is a Helm template. Default auto. */
  readonly form?: 'auto' | 'plain' | 'helm-template' | 'json';
  /** Above this many bytes the file is not checked. Default 10 MiB. */
  readonly maxBytes?: number;
}

/** A manifest file as a list of documents. Immutable; {@link edit} gives the next version and shares what it can. */
export interface ManifestFile {
  readonly text: string;
  readonly documents: readonly ManifestDocument[];
  readonly notChecked: NotChecked | undefined;
  /** '\r\n' if the first line ends so, else '\n'. */
  readonly lineEnding: '\n' | '\r\n';

  /** Applies changes in order (each against the text the one before left) and parses only documents that they touch. */
  edit(changes: readonly TextChange[]): ManifestFile;

  /** Offset of a document's first character in the file. */
  startOf(document: ManifestDocument): number;
  documentAt(offset: number): ManifestDocument | undefined;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  /** Where a place lies in this file; undefined if its document is no longer part of it. */
  rangeOf(place: Place): PositionRange | undefined;
}
