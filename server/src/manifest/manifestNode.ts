import type { ManifestDocument } from './manifestDocument.ts';

/** Keys and list indices from a document's root; `[]` is the root itself. */
export type ManifestPath = readonly (string | number)[];

/** Half-open range of UTF-16 offsets, relative to the start of the node's own document. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * A position that survives edits elsewhere: a document, a path in it, and (for text) the exact characters.
 * `range` is absent for objects that were never text (a live object's JSON).
 */
export interface Place {
  readonly document: ManifestDocument;
  readonly path: ManifestPath;
  readonly range: TextRange | undefined;
}

export type ScalarValue = string | number | boolean;

/**
 * Who set a field of a live object. Text is always the author's. `'unknown'` when managedFields cannot tell.
 */
export type FieldOrigin = 'author' | 'server' | 'unknown';

export type ManifestNodeType = 'map' | 'list' | 'string' | 'number' | 'boolean' | 'missing' | 'unknown';

/** One key of a map, in source order. Keys are strings as Kubernetes reads them (`8080:` is `"8080"`). */
export interface ManifestEntry {
  readonly key: string;
  readonly value: ManifestNode;
}

/**
 * A three-valued view of one value of a manifest. Rules see nothing else.
 *
 * *known* (a map, list or scalar), *missing* (absent, or written as null, which Kubernetes reads as absent) or
 * *unknown* (behind a Helm action, an unresolved alias, or absent from a map that is not complete). Rules fire on
 * known and missing, never on unknown.
 *
 * Scalars read as `sigs.k8s.io/yaml` reads them (YAML 1.1 booleans and numbers).
 */
export interface ManifestNode {
  readonly document: ManifestDocument;
  readonly path: ManifestPath;
  readonly type: ManifestNodeType;

  /** Known: a map, list or scalar is there. */
  readonly isKnown: boolean;
  /** Nothing is there (or an explicit null, see {@link isNull}), and nothing hidden could be. */
  readonly isMissing: boolean;
  /** Cannot be told from the text. */
  readonly isUnknown: boolean;
  /** The key is written with a null value (`key:`); then `isMissing` is true as well. */
  readonly isNull: boolean;

  /**
   * For maps and lists: nothing is hidden, so what is not listed is missing. False (an *open* map or list) behind a Helm
   * action, an unresolved merge, or in a partial document such as a Kustomize patch. True for scalars and missing nodes.
   */
  readonly isComplete: boolean;

  /** Walks down. Always returns a node: through a missing node missing, through an unknown or open one unknown. */
  get(...path: readonly (string | number)[]): ManifestNode;

  /** The pairs of a map in source order (merged keys last), `[]` for anything else. Pairs with null values are included. */
  entries(): readonly ManifestEntry[];

  /** The items of a list, `[]` for anything else. A null item is a missing node with `isNull`. */
  items(): readonly ManifestNode[];

  /** The decoded scalar, undefined for maps, lists, missing and unknown nodes. */
  readonly scalar: ScalarValue | undefined;
  /** The decoded text if this is a string. */
  readonly string: string | undefined;
  readonly number: number | undefined;
  readonly boolean: boolean | undefined;

  /** The map or list that holds this node; undefined at the root. */
  readonly parent: ManifestNode | undefined;

  /** The nearest node at or above this one that exists in the source (the node itself when known or null). */
  readonly nearestExisting: ManifestNode;

  /** The characters of the value; of a missing node, those of {@link nearestExisting}'s key (or value at the root). */
  readonly place: Place;

  /** The characters of the key this value stands under; in a list or at the root, the same as {@link place}. */
  readonly keyPlace: Place;

  /**
   * The place of the characters [from, to) of a decoded string, mapped back through quotes, escapes, folding and block
   * indentation. For anything but a string, or where no exact mapping exists, the whole {@link place}.
   */
  span(from: number, to: number): Place;

  readonly origin: FieldOrigin;

  /**
   * Whether the value is reached through an alias or a merge key, so that editing it would edit another place too.
   * Fixes are not offered through one.
   */
  readonly isShared: boolean;

  /** Plain JSON (null for null, undefined where unknown); for comparison and facts, not for judgement. */
  toJson(): unknown;
}
