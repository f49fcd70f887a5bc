import type { ManifestPath, ScalarValue } from '../manifestNode.ts';
import { dereference, type SyntaxNode, type SyntaxPair } from '../syntaxTree.ts';
import { isList, isMap, type PlainValue } from './writeValue.ts';

/*
 * What a document says, without its layout: the measure of an edit. Each operation is done to the outline too, and the
 * edited text must parse to that very outline, so that an edit that went wrong is refused and never handed out.
 */

export type Outline =
  | { readonly kind: 'map'; readonly pairs: OutlinePair[] }
  | { readonly kind: 'list'; readonly items: Outline[] }
  | { readonly kind: 'scalar'; readonly value: ScalarValue | null }
  /** An alias by its name, with whether something has that name. */
  | { readonly kind: 'alias'; readonly name: string; readonly resolved: boolean }
  /** A Helm action: the text itself. */
  | { readonly kind: 'unknown'; readonly text: string };

export interface OutlinePair {
  key: string;
  readonly role: SyntaxPair['role'];
  value: Outline;
}

export function outlineOf(node: SyntaxNode | undefined, text: string): Outline {
  if (node === undefined) return { kind: 'scalar', value: null };
  switch (node.kind) {
    case 'map':
      return {
        kind: 'map',
        pairs: node.pairs.map(({ key, role, value, keyStart, keyEnd }) => ({
          key: role === 'unknown' ? text.slice(keyStart, keyEnd) : key,
          role,
          value: outlineOf(value, text),
        })),
      };
    case 'list':
      return { kind: 'list', items: node.items.map((item) => outlineOf(item, text)) };
    case 'scalar':
      return { kind: 'scalar', value: node.value };
    case 'alias':
      return { kind: 'alias', name: node.name, resolved: dereference(node) !== undefined };
    case 'unknown':
      return { kind: 'unknown', text: text.slice(node.start, node.end) };
  }
}

export function outlineOfValue(value: PlainValue): Outline {
  if (isList(value)) return { kind: 'list', items: value.map(outlineOfValue) };
  if (isMap(value)) {
    const pairs = Object.entries(value).map(
      ([key, item]): OutlinePair => ({ key, role: 'plain', value: outlineOfValue(item) }),
    );
    return { kind: 'map', pairs };
  }
  return { kind: 'scalar', value };
}

/** The value as plain JSON; undefined if an alias, a merge key or a Helm action is in it. */
export function plainValueOf(outline: Outline): PlainValue | undefined {
  switch (outline.kind) {
    case 'scalar':
      return outline.value;
    case 'list': {
      const items = outline.items.map(plainValueOf);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'map': {
      const entries: [string, PlainValue][] = [];
      for (const { key, role, value } of outline.pairs) {
        const plain = role === 'plain' ? plainValueOf(value) : undefined;
        if (plain === undefined) return undefined;
        entries.push([key, plain]);
      }
      return Object.fromEntries(entries);
    }
    default:
      return undefined;
  }
}

/** Whether an alias is left in it whose anchor is gone. */
export function hasDanglingAlias(outline: Outline): boolean {
  switch (outline.kind) {
    case 'map':
      return outline.pairs.some((pair) => hasDanglingAlias(pair.value));
    case 'list':
      return outline.items.some(hasDanglingAlias);
    case 'alias':
      return !outline.resolved;
    default:
      return false;
  }
}

/** Equal in everything; the order of pairs counts too. */
export function isSameOutline(a: Outline, b: Outline): boolean {
  switch (a.kind) {
    case 'map':
      return (
        b.kind === 'map' &&
        a.pairs.length === b.pairs.length &&
        a.pairs.every((pair, index) => {
          const other = b.pairs[index];
          return (
            other !== undefined &&
            pair.key === other.key &&
            pair.role === other.role &&
            isSameOutline(pair.value, other.value)
          );
        })
      );
    case 'list':
      return (
        b.kind === 'list' &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => {
          const other = b.items[index];
          return other !== undefined && isSameOutline(item, other);
        })
      );
    case 'scalar':
      return b.kind === 'scalar' && Object.is(a.value, b.value);
    case 'alias':
      return b.kind === 'alias' && a.name === b.name && a.resolved === b.resolved;
    case 'unknown':
      return b.kind === 'unknown' && a.text === b.text;
  }
}

/** The outline at a path, undefined if nothing is there. */
export function outlineAt(root: Outline, path: ManifestPath): Outline | undefined {
  let outline: Outline | undefined = root;
  for (const segment of path) {
    if (outline === undefined) return undefined;
    outline = childOf(outline, segment);
  }
  return outline;
}

function childOf(outline: Outline, segment: string | number): Outline | undefined {
  if (outline.kind === 'list') return typeof segment === 'number' ? outline.items[segment] : undefined;
  return outline.kind === 'map' ? pairOf(outline.pairs, String(segment))?.value : undefined;
}

function pairOf(pairs: readonly OutlinePair[], key: string): OutlinePair | undefined {
  return pairs.findLast((pair) => pair.key === key && (pair.role === 'plain' || pair.role === 'conditional'));
}

/** `root` with `value` at `path`; what is missing on the way is created: a list for an index, else a map. */
export function withValue(root: Outline, path: ManifestPath, value: Outline): Outline {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  const empty: Outline = { kind: 'scalar', value: null };
  const child = withValue(childOf(root, segment) ?? empty, rest, value);
  if (root.kind === 'list' && typeof segment === 'number') {
    return { kind: 'list', items: root.items.toSpliced(segment, 1, child) };
  }
  const key = String(segment);
  if (root.kind === 'map') {
    const pair = pairOf(root.pairs, key);
    if (pair === undefined) return { kind: 'map', pairs: [...root.pairs, { key, role: 'plain', value: child }] };
    return { kind: 'map', pairs: root.pairs.map((other) => (other === pair ? { ...pair, value: child } : other)) };
  }
  if (typeof segment === 'number') return { kind: 'list', items: [child] };
  return { kind: 'map', pairs: [{ key, role: 'plain', value: child }] };
}

/** `root` with the children of the map or list at `path` changed. */
export function withChanged(root: Outline, path: ManifestPath, change: (outline: Outline) => Outline): Outline {
  const outline = outlineAt(root, path);
  return outline === undefined ? root : withValue(root, path, change(outline));
}

export function withoutEntry(root: Outline, path: ManifestPath): Outline {
  const last = path.at(-1);
  return withChanged(root, path.slice(0, -1), (parent) => {
    if (parent.kind === 'list' && typeof last === 'number') {
      return { kind: 'list', items: parent.items.toSpliced(last, 1) };
    }
    if (parent.kind !== 'map') return parent;
    const pair = pairOf(parent.pairs, String(last));
    return { kind: 'map', pairs: parent.pairs.filter((other) => other !== pair) };
  });
}

export function withInserted(root: Outline, list: ManifestPath, index: number, value: Outline): Outline {
  const outline = outlineAt(root, list);
  if (outline?.kind !== 'list') return withValue(root, [...list, 0], value);
  return withValue(root, list, { kind: 'list', items: outline.items.toSpliced(index, 0, value) });
}

export function withKey(root: Outline, path: ManifestPath, key: string): Outline {
  return withChanged(root, path.slice(0, -1), (parent) => {
    if (parent.kind !== 'map') return parent;
    const pair = pairOf(parent.pairs, String(path.at(-1)));
    return { kind: 'map', pairs: parent.pairs.map((other) => (other === pair ? { ...pair, key } : other)) };
  });
}

/** Of the pairs with the last key of a path only the one that is counted from 0; undefined if there is none. */
export function withOnePair(root: Outline, path: ManifestPath, occurrence: number): Outline | undefined {
  const key = String(path.at(-1));
  const parent = outlineAt(root, path.slice(0, -1));
  if (parent?.kind !== 'map') return undefined;
  const isOne = (pair: OutlinePair): boolean => pair.key === key && (pair.role === 'plain' || pair.role === 'replaced');
  const kept = parent.pairs.filter(isOne)[occurrence];
  if (kept === undefined) return undefined;
  const pairs = parent.pairs.flatMap((pair): OutlinePair[] => {
    if (pair === kept) return [{ ...pair, role: 'plain' }];
    return isOne(pair) ? [] : [pair];
  });
  return withChanged(root, path.slice(0, -1), () => ({ kind: 'map', pairs }));
}

/** An outline wrapped into a map for each key and a list for each index of a path. */
export function nestedOutline(path: ManifestPath, outline: Outline): Outline {
  return withValue({ kind: 'scalar', value: null }, path, outline);
}
