import type { SyntaxProblem } from './manifestDocument.ts';
import type { ScalarValue } from './manifestNode.ts';

/*
 * The compact tree between a parser and everything else on the ground floor. Whoever parses builds it; nodes and the
 * edit engine read it together with the document's text, and cannot tell which parser made it.
 *
 * All offsets are UTF-16 units relative to the start of the document's text (`ManifestDocument.text`). Every range is
 * half-open. No range of a node takes in the comments, blank lines or the line break after it.
 */

/** One value as it is written. */
export type SyntaxNode = SyntaxMap | SyntaxList | SyntaxScalar | SyntaxAlias | SyntaxUnknown;

interface SyntaxBase {
  /**
   * First character of the content: of a block map its first key (properties of that key included), of a block list its
   * first `-`, of a flow collection its bracket, of a quoted scalar its quote, of a block scalar its `|` or `>`. Of a
   * value that is not written at all (`key:`) the offset after the `:`, `-` or `?`, or after its properties.
   */
  readonly start: number;
  /** After the last character of the content (closing bracket and quote included); `start` if nothing is written. */
  readonly end: number;
  /** Where the anchor and tag before the content begin; the same as `start` if there are none. */
  readonly propertiesStart: number;
  /** Name of the anchor, without `&`. */
  readonly anchor: string | undefined;
  /** The tag as the spec resolves it (`tag:yaml.org,2002:str` for `!!str`), `!` for the non-specific tag. */
  readonly tag: string | undefined;
}

export interface SyntaxMap extends SyntaxBase {
  readonly kind: 'map';
  /** Written with braces. */
  readonly flow: boolean;
  /** In source order, all of them: merge keys, repeated keys and keys that cannot be told included. */
  readonly pairs: readonly SyntaxPair[];
  /** A Helm action stands among its pairs, so that pairs may be there that the text does not show. */
  readonly open: boolean;
}

export interface SyntaxPair {
  /** The key as Kubernetes reads it (`8080:` is `"8080"`); '' if {@link role} is `'unknown'`. */
  readonly key: string;
  /** Range of the key's characters, quotes included, properties not. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Offset of the `:`; -1 where none is written (`{a, b}`, `? a`). */
  readonly colon: number;
  readonly value: SyntaxNode;
  /**
   * - `'plain'`: an ordinary pair.
   * - `'merge'`: `<<`, whose value brings in the pairs of other maps.
   * - `'replaced'`: the same key comes again later in the map, and the later pair counts.
   * - `'conditional'`: the same key stands in another branch of a Helm block, so its value cannot be told.
   * - `'unknown'`: the key holds a Helm action, or is no scalar.
   */
  readonly role: 'plain' | 'merge' | 'replaced' | 'conditional' | 'unknown';
}

export interface SyntaxList extends SyntaxBase {
  readonly kind: 'list';
  /** Written with brackets. */
  readonly flow: boolean;
  readonly items: readonly SyntaxNode[];
  /** For each item where it begins: its `-` in a block list, the item's `propertiesStart` in a flow list. */
  readonly itemStarts: readonly number[];
  /** A Helm action stands among its items, so that items may be there that the text does not show. */
  readonly open: boolean;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface SyntaxScalar extends SyntaxBase {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /**
   * The value as Kubernetes reads it. null for an explicit null (`~`, `null`) and for a value that is not written; tell
   * the two apart by `start === end`.
   */
  readonly value: ScalarValue | null;
}

/** `*name`. `anchor` and `tag` are never set. */
export interface SyntaxAlias extends SyntaxBase {
  readonly kind: 'alias';
  readonly name: string;
  /** The node with that anchor; undefined if there is none before it, or if it would contain itself. */
  readonly target: SyntaxNode | undefined;
}

/** Something whose value cannot be told from the text: it holds a Helm action. */
export interface SyntaxUnknown extends SyntaxBase {
  readonly kind: 'unknown';
}

/** A comment as the parser found it; the text is a slice of the document's. */
export interface SyntaxComment {
  readonly start: number;
  readonly end: number;
}

/** Everything that parsing one document yields. */
export interface SyntaxDocument {
  /** undefined if nothing but comments and white space is there. */
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly SyntaxComment[];
  /** The text has errors that hide things, so that nothing may be called missing. */
  readonly partial: boolean;
  /** Why the content cannot be judged at all; then {@link root} is undefined. */
  readonly notChecked: 'too-large' | 'too-many-aliases' | 'too-deep' | undefined;
}

/** A value that is not written (`key:`, a lone `-`). */
export function isUnwritten(node: SyntaxNode): boolean {
  return node.kind === 'scalar' && node.start === node.end;
}

/** Follows aliases to the node with the anchor; undefined if it is not known. */
export function dereference(node: SyntaxNode): Exclude<SyntaxNode, SyntaxAlias> | undefined {
  let target: SyntaxNode | undefined = node;
  while (target !== undefined && target.kind === 'alias') target = target.target;
  return target;
}
