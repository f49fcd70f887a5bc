import type { SyntaxNode } from '../syntaxTree.ts';
import { type EditSource, type Entry, isBlockCollection } from './editSource.ts';
import { columnOf } from './sourceLines.ts';
import type { BlockStyle } from './writeValue.ts';

/** Most Kubernetes manifests, and everything `kubectl -o yaml` prints, indent by two and keep lists flush. */
export const DEFAULT_STYLE: BlockStyle = { indent: 2, listIndent: 0 };

/**
 * How blocks are indented around a place: as the nearest neighbours do it (the pairs of `node`, then those of each map
 * further out), else as the document does at its first example, else as {@link EditSource.fallbackStyle} says.
 */
export function blockStyleAt(source: EditSource, trail: readonly Entry[], node: SyntaxNode | undefined): BlockStyle {
  const nearby = trail.map((entry): SyntaxNode => entry.container).reverse();
  const places = node === undefined ? nearby : [node, ...nearby];
  const indent = firstOf(places, (place) => indentIn(source.text, place, 'map'));
  const listIndent = firstOf(places, (place) => indentIn(source.text, place, 'list'));
  return {
    indent: indent ?? anywhere(source, 'map') ?? source.fallbackStyle.indent,
    listIndent: listIndent ?? anywhere(source, 'list') ?? source.fallbackStyle.listIndent,
  };
}

/** The style a document shows by its first examples; undefined for what it shows no example of. */
export function exampleStyle(source: EditSource): { readonly [Key in keyof BlockStyle]: number | undefined } {
  return { indent: anywhere(source, 'map'), listIndent: anywhere(source, 'list') };
}

/** Columns between the keys of this block map and the first block map or list under one of them. */
function indentIn(text: string, place: SyntaxNode, kind: 'map' | 'list'): number | undefined {
  if (place.kind !== 'map' || place.flow) return undefined;
  for (const { value } of place.pairs) {
    if (value.kind !== kind || value.flow) continue;
    const columns = columnOf(text, value.start) - columnOf(text, place.start);
    if (columns >= (kind === 'map' ? 1 : 0)) return columns;
  }
  return undefined;
}

function anywhere(source: EditSource, kind: 'map' | 'list'): number | undefined {
  const waiting: SyntaxNode[] = source.root === undefined ? [] : [source.root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isBlockCollection(node)) continue;
    const found = indentIn(source.text, node, kind);
    if (found !== undefined) return found;
    const children = node.kind === 'map' ? node.pairs.map((pair) => pair.value) : node.items;
    waiting.push(...children.toReversed());
  }
  return undefined;
}

function firstOf<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
