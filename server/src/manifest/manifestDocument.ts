import type { ManifestNode, TextRange } from './manifestNode.ts';

/** A comment, `#` included, without its line ending. Offsets relative to the document. */
export interface ManifestComment extends TextRange {
  readonly text: string;
  /** Nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
}

/** A syntax error that Kubernetes' own parser reports too, or a duplicate key (refused by strict decoding). */
export interface SyntaxProblem extends TextRange {
  readonly kind: 'syntax' | 'duplicate-key' | 'conflict-marker';
  readonly message: string;
}

/** How the text of a document came to be, which decides what may be called missing. */
export type DocumentForm =
  | 'plain'
  /** Helm actions stood in it and were masked. */
  | 'helm-template'
  | 'json'
  /** Never text: a live object. */
  | 'object';

/**
 * One document of a file. Immutable and position independent: all offsets are relative to its own start, so the same
 * object (compare with `===`) serves as long as its text is untouched, wherever it moves in the file. Everything
 * derived from a document may be cached in a WeakMap keyed by it.
 */
export interface ManifestDocument {
  /** Exact source, from after the previous separator line up to the next one; '' for an object. */
  readonly text: string;
  readonly form: DocumentForm;
  readonly root: ManifestNode;
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly ManifestComment[];
  /** True if nothing but comments and white space is in it. */
  readonly isEmpty: boolean;
}
