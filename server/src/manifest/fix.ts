import type { ManifestDocument } from './manifestDocument.ts';
import type { ManifestNode } from './manifestNode.ts';

/** Random bytes that the face fills in (base64) when the fix is applied, and that tests inject. */
export class RandomBytes {
  readonly count: number;
  constructor(count: number) {
    this.count = count;
  }
}

/** What a fix writes: plain JSON, or a value made at the moment of application. */
export type FixValue =
  | string
  | number
  | boolean
  | null
  | RandomBytes
  | readonly FixValue[]
  | { readonly [key: string]: FixValue };

/**
 * What is to be changed, said without text. Nodes may be missing: `set` on a missing node creates the maps on the way
 * (an empty `{}` or null parent becomes a block map).
 */
export type FixOperation =
  /** Replace or create the value at `node`. */
  | { readonly op: 'set'; readonly node: ManifestNode; readonly value: FixValue }
  /** Delete the pair or list item; a map or list left empty goes too, unless `keepEmptyParent` (then `{}` or `[]`). */
  | { readonly op: 'remove'; readonly node: ManifestNode; readonly keepEmptyParent?: boolean }
  /** Change a key, leaving its value's text alone. */
  | { readonly op: 'rename'; readonly node: ManifestNode; readonly key: string }
  /** Of a key that its map holds several times keep one pair (0 is the first), and delete the others. */
  | { readonly op: 'keepOne'; readonly node: ManifestNode; readonly occurrence: number }
  /** Take the value from `from` (its text and comments go along) and put it at `to`, which must be missing. */
  | { readonly op: 'move'; readonly from: ManifestNode; readonly to: ManifestNode }
  /** Insert before the item now at `index`; `index` = length appends. A missing list is created. */
  | { readonly op: 'insert'; readonly list: ManifestNode; readonly index: number; readonly value: FixValue }
  /** Replace characters [from, to) of a decoded string scalar. */
  | {
      readonly op: 'replaceText';
      readonly node: ManifestNode;
      readonly from: number;
      readonly to: number;
      readonly text: string;
    }
  /** Append a document after `after`, separated by `---`. */
  | { readonly op: 'addDocument'; readonly after: ManifestDocument; readonly value: FixValue }
  /** Create a file beside the one being fixed; `path` is relative to its folder. */
  | { readonly op: 'createFile'; readonly path: string; readonly documents: readonly FixValue[] };

/** Source of values that only the face may make. `randomBytes(n)` returns n bytes in standard base64. */
export interface ValueSource {
  randomBytes(count: number): string;
}

/** A replacement of [start, end) in the file by `text`; offsets are UTF-16 units of the file's text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Either the minimal, sorted, non-overlapping edits, or why the fix cannot be applied here (a sentence for the user). */
export type EditPlan =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[]; readonly newFiles: readonly NewFile[] }
  | { readonly kind: 'refused'; readonly reason: string };
