import { dereference, type SyntaxMap, type SyntaxNode, type SyntaxPair } from './syntaxTree.ts';

/** One key of a map as Kubernetes sees it, merge keys resolved. */
export interface ContentEntry {
  readonly pair: SyntaxPair;
  /** It comes from another map through a merge key. */
  readonly merged: boolean;
}

/** What is in a map once repeated keys and merge keys are settled. */
export interface MapContent {
  /** In source order, merged keys last. */
  readonly entries: readonly ContentEntry[];
  /** No key is hidden. */
  readonly complete: boolean;
  readonly byKey: ReadonlyMap<string, ContentEntry>;
}

const cache = new WeakMap<SyntaxMap, MapContent>();

/** The entries of {@link contentOf}, kept only where settling them is dear. */
export function entriesOf(map: SyntaxMap): readonly ContentEntry[] {
  return (map.pairs.length > 16 || hasMerge(map) ? contentOf(map) : settle(map)).entries;
}

/** The settled content of a map; made once per map. */
export function contentOf(map: SyntaxMap): MapContent {
  let content = cache.get(map);
  if (content === undefined) {
    content = settle(map);
    cache.set(map, content);
  }
  return content;
}

/**
 * Pairs take effect in source order: in go-yaml v2 a merge key overwrites keys that stand before it and is overwritten
 * by those after it; in a list of maps the earlier ones win (decode.go, `merge`).
 */
function settle(map: SyntaxMap): MapContent {
  let complete = !map.open;
  const byKey = new Map<string, ContentEntry>();
  let hasMerge = false;
  for (const pair of map.pairs) {
    switch (pair.role) {
      case 'plain':
      case 'conditional':
        byKey.set(pair.key, { pair, merged: false });
        break;
      case 'replaced':
        break;
      case 'unknown':
        complete = false;
        break;
      case 'merge':
        hasMerge = true;
        for (const source of mergeSources(pair.value)) {
          if (source === undefined) {
            complete = false;
            continue;
          }
          const merged = contentOf(source);
          if (!merged.complete) complete = false;
          for (const entry of merged.entries) byKey.set(entry.pair.key, { pair: entry.pair, merged: true });
        }
        break;
    }
  }
  const entries = [...byKey.values()];
  if (hasMerge) sortBySource(entries);
  return { entries, complete, byKey };
}

/** A key set anew keeps its old place in a Map, so own entries may have lost their order to a merge. */
function sortBySource(entries: ContentEntry[]): void {
  entries.sort((a, b) => {
    if (a.merged !== b.merged) return a.merged ? 1 : -1;
    return a.merged ? 0 : a.pair.keyStart - b.pair.keyStart;
  });
}

/** The maps that a merge key brings in, in the order in which they take effect; undefined for one that is not known. */
function mergeSources(value: SyntaxNode): (SyntaxMap | undefined)[] {
  const target = dereference(value);
  if (target?.kind === 'map') return [target];
  if (target?.kind === 'list' && target === value) {
    return target.items.toReversed().flatMap((item) => (item.kind === 'list' ? [undefined] : mergeSources(item)));
  }
  return [undefined];
}

/** Looks a key up; of a map without merge keys no content is made unless it is large. */
export function findEntry(map: SyntaxMap, key: string): ContentEntry | undefined {
  const { pairs } = map;
  if (pairs.length > 16 || hasMerge(map)) return contentOf(map).byKey.get(key);
  for (let index = pairs.length - 1; index >= 0; index--) {
    const pair = pairs[index];
    if (pair !== undefined && pair.key === key && (pair.role === 'plain' || pair.role === 'conditional')) {
      return { pair, merged: false };
    }
  }
  return undefined;
}

/** Whether no key of the map is hidden. */
export function isCompleteMap(map: SyntaxMap): boolean {
  if (map.open) return false;
  if (map.pairs.length > 16) return contentOf(map).complete;
  for (const pair of map.pairs) {
    if (pair.role === 'unknown') return false;
    if (pair.role === 'merge') return contentOf(map).complete;
  }
  return true;
}

function hasMerge(map: SyntaxMap): boolean {
  for (const pair of map.pairs) if (pair.role === 'merge') return true;
  return false;
}
