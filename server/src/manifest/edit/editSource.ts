import type { DocumentForm, SyntaxProblem } from '../manifestDocument.ts';
import type { ManifestPath } from '../manifestNode.ts';
import type { SyntaxComment, SyntaxList, SyntaxMap, SyntaxNode, SyntaxPair } from '../syntaxTree.ts';
import { lineEnd, nextLine } from './sourceLines.ts';
import type { BlockStyle } from './writeValue.ts';

/** The text of one document with its syntax tree, as the edits so far have left it. */
export interface EditSource {
  readonly text: string;
  readonly form: DocumentForm;
  readonly root: SyntaxNode | undefined;
  readonly comments: readonly SyntaxComment[];
  readonly problems: readonly SyntaxProblem[];
  readonly lineEnding: '\n' | '\r\n';
  /** How blocks are written where the document itself shows no example. */
  readonly fallbackStyle: BlockStyle;
}

export type Container = SyntaxMap | SyntaxList;

/** One pair or item of a map or list. */
export interface Entry {
  readonly container: Container;
  readonly index: number;
}

/** How far a path leads into a tree. */
export interface Location {
  /** From the root down; the last one holds {@link node}. Empty at the root. */
  readonly trail: readonly Entry[];
  /** The deepest node on the path that is written; undefined in an empty document. */
  readonly node: SyntaxNode | undefined;
  /** What of the path is not written. */
  readonly missing: ManifestPath;
}

export function locate(root: SyntaxNode | undefined, path: ManifestPath): Location {
  const trail: Entry[] = [];
  let node = root;
  for (const [depth, segment] of path.entries()) {
    const entry = node === undefined ? undefined : entryAt(node, segment);
    if (entry === undefined) return { trail, node, missing: path.slice(depth) };
    trail.push(entry);
    node = valueIn(entry);
  }
  return { trail, node, missing: [] };
}

function entryAt(node: SyntaxNode, segment: string | number): Entry | undefined {
  if (node.kind === 'list') {
    return typeof segment === 'number' && segment < node.items.length ? { container: node, index: segment } : undefined;
  }
  if (node.kind !== 'map') return undefined;
  const key = String(segment);
  const index = node.pairs.findLastIndex((pair) => pair.key === key && isOrdinary(pair));
  return index === -1 ? undefined : { container: node, index };
}

function isOrdinary(pair: SyntaxPair): boolean {
  return pair.role === 'plain' || pair.role === 'conditional';
}

/** All pairs of the map with the key that a location ends with, in source order; the last one counts. */
export function occurrencesOf({ trail, missing }: Location): readonly Entry[] {
  const entry = trail.at(-1);
  if (missing.length > 0 || entry?.container.kind !== 'map') return [];
  const { container } = entry;
  const key = container.pairs[entry.index]?.key;
  return container.pairs.flatMap((pair, index) =>
    pair.key === key && (pair.role === 'plain' || pair.role === 'replaced') ? [{ container, index }] : [],
  );
}

export function valueIn({ container, index }: Entry): SyntaxNode {
  const value = container.kind === 'map' ? container.pairs[index]?.value : container.items[index];
  if (value === undefined) throw new RangeError(`A ${container.kind} has no entry ${index}`);
  return value;
}

export function countOf(container: Container): number {
  return container.kind === 'map' ? container.pairs.length : container.items.length;
}

/** First character of a pair or item: its key, or its `-` in a block list. */
export function entryStart({ container, index }: Entry): number {
  if (container.kind === 'list') return container.itemStarts[index] ?? container.start;
  return index === 0 && !container.flow ? container.start : (container.pairs[index]?.keyStart ?? container.start);
}

/** After the `:` of a pair or the `-` of an item. */
export function headerEnd({ container, index }: Entry): number {
  if (container.kind === 'list') return (container.itemStarts[index] ?? container.start) + 1;
  const pair = container.pairs[index];
  if (pair === undefined) return container.end;
  return pair.colon === -1 ? pair.keyEnd : pair.colon + 1;
}

/** After the last character of a pair or item, comments not included. */
export function entryEnd(entry: Entry): number {
  return Math.max(valueIn(entry).end, headerEnd(entry));
}

/**
 * The line break that ends an entry: after its trailing comment, and after the blank lines that a block scalar with `+`
 * counts as its own.
 */
export function entryLineEnd(source: EditSource, entry: Entry): number {
  const { text } = source;
  let end = lineEnd(text, entryEnd(entry));
  if (!keepsBlankLines(text, lastLeaf(valueIn(entry)))) return end;
  for (let next = nextLine(text, end); next < text.length; next = nextLine(text, end)) {
    const nextEnd = lineEnd(text, next);
    if (text.slice(next, nextEnd).trim() !== '') break;
    end = nextEnd;
  }
  return end;
}

/** The scalar or empty collection that a node's text ends with. */
export function lastLeaf(node: SyntaxNode): SyntaxNode {
  let leaf = node;
  while ((leaf.kind === 'map' || leaf.kind === 'list') && !leaf.flow && countOf(leaf) > 0) {
    leaf = valueIn({ container: leaf, index: countOf(leaf) - 1 });
  }
  return leaf;
}

export function isBlockScalar(node: SyntaxNode): boolean {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

/** The `|` or `>` of a block scalar with its indicators. */
export function blockScalarHeader(text: string, node: SyntaxNode): string {
  return /^[|>][-+\d]*/.exec(text.slice(node.start, node.start + 4))?.[0] ?? '';
}

function keepsBlankLines(text: string, leaf: SyntaxNode): boolean {
  return isBlockScalar(leaf) && blockScalarHeader(text, leaf).includes('+');
}

export function isBlockCollection(node: SyntaxNode): node is Container {
  return (node.kind === 'map' || node.kind === 'list') && !node.flow;
}

/** Whether a comment stands anywhere in [start, end). */
export function hasComment(source: EditSource, start: number, end: number): boolean {
  return source.comments.some((comment) => comment.start < end && comment.end > start);
}

/** Whether a node at the end of this trail stands inside braces or brackets. */
export function isInFlow(source: EditSource, trail: readonly Entry[]): boolean {
  return source.form === 'json' || trail.some((entry) => entry.container.flow);
}
