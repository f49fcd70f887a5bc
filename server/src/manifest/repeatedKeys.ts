import { isSameOutline, outlineOf, plainValueOf } from './edit/outline.ts';
import type { FixValue } from './fix.ts';
import type { ManifestNode, Place } from './manifestNode.ts';
import type { SyntaxPair } from './syntaxTree.ts';
import { syntaxOf, TextNode } from './textNode.ts';

/** A key that stands more than once in one map; the last pair counts. */
export interface RepeatedKey {
  readonly key: string;
  /** The value of the last pair. */
  readonly node: ManifestNode;
  /** Every pair, in source order. */
  readonly occurrences: readonly RepeatedPair[];
  /** All pairs say the same, however they are written. */
  readonly areEqual: boolean;
}

export interface RepeatedPair {
  readonly keyPlace: Place;
  /** As plain JSON; undefined if an alias, a merge key or a Helm action is in it. */
  readonly value: FixValue | undefined;
}

/** The repeated keys at and below a node, but for those in a value that is itself replaced. */
export function repeatedKeys(node: ManifestNode): readonly RepeatedKey[] {
  const { document, path } = node;
  if (!document.problems.some(({ kind }) => kind === 'duplicate-key')) return [];
  const found: RepeatedKey[] = [];
  search(document.root.get(...path), found);
  return found;
}

function search(node: ManifestNode, found: RepeatedKey[]): void {
  if (node.isShared) return;
  for (const item of node.items()) search(item, found);
  const map = syntaxOf(node);
  if (map?.kind !== 'map') return;
  const replaced = new Set(map.pairs.filter(({ role }) => role === 'replaced').map(({ key }) => key));
  for (const key of replaced) {
    const pairs = map.pairs.filter((pair) => pair.key === key && (pair.role === 'plain' || pair.role === 'replaced'));
    found.push(repeatedKey(node, key, pairs));
  }
  for (const { value } of node.entries()) search(value, found);
}

function repeatedKey(map: ManifestNode, key: string, pairs: readonly SyntaxPair[]): RepeatedKey {
  const { text } = map.document;
  const outlines = pairs.map(({ value }) => outlineOf(value, text));
  return {
    key,
    node: map.get(key),
    occurrences: pairs.map((pair, index) => {
      const outline = outlines[index];
      return { keyPlace: placeOfKey(map, pair), value: outline && plainValueOf(outline) };
    }),
    areEqual: outlines.every((outline, index) => index === 0 || isSameOutline(outline, outlines[index - 1] ?? outline)),
  };
}

/** Through a node of its own: a document inside a text maps its places back to it. */
function placeOfKey(map: ManifestNode, pair: SyntaxPair): Place {
  if (!(map instanceof TextNode)) return map.place;
  return new TextNode(map.document, map, pair.key, pair.value, pair, map.isShared).keyPlace;
}
