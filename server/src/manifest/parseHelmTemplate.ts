import { parseBlockDocument } from './blockYaml/parseBlockDocument.ts';
import { type HelmAction, type MaskedTemplate, maskTemplate } from './helmTemplate.ts';
import type { SyntaxProblem } from './manifestDocument.ts';
import { parseYamlDocument } from './parseYamlDocument.ts';
import {
  isUnwritten,
  type SyntaxDocument,
  type SyntaxList,
  type SyntaxMap,
  type SyntaxNode,
  type SyntaxPair,
  type SyntaxUnknown,
} from './syntaxTree.ts';

/** The tree is made for this document only and not yet in anyone else's hands, so it is marked in place. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Parses a document with Helm actions in it: values that hold one become unknown, and maps and lists that one may add to
 * become open. A template that is not YAML once its actions are masked is unknown as a whole, and silent.
 */
export function parseHelmTemplate(text: string): SyntaxDocument {
  const template = maskTemplate(text);
  if (template === undefined) return unknown([]);
  const document = parseBlockDocument(template.text) ?? parseYamlDocument(template.text);
  const { root } = document;
  if (document.problems.some(({ kind }) => kind === 'syntax')) return unknown(document.comments);
  if (root === undefined) return { ...document, problems: [] };
  const marker = new TemplateMarker(text, template);
  const marked = marker.mark(root, document.comments);
  return { ...document, root: marked, problems: marker.duplicates(document.problems) };
}

function unknown(comments: SyntaxDocument['comments']): SyntaxDocument {
  return { root: undefined, problems: [], comments, partial: true, notChecked: undefined };
}

class TemplateMarker {
  readonly #text: string;
  readonly #template: MaskedTemplate;
  /** Offsets of keys that come again in the same branch. */
  readonly #repeated = new Set<number>();

  constructor(text: string, template: MaskedTemplate) {
    this.#text = text;
    this.#template = template;
  }

  mark(root: SyntaxNode, comments: SyntaxDocument['comments']): SyntaxNode {
    let marked = root;
    for (const action of this.#template.actions) {
      const { start } = action;
      if ((comments[lastIndexBefore(comments, (comment) => comment.start <= start)]?.end ?? 0) > start) continue;
      marked = action.alone ? this.#output(marked, action) : holding(marked, start);
    }
    for (const block of this.#template.blocks) openAround(marked, -1, block.start, block.end);
    this.#settleKeys(marked);
    return marked;
  }

  /** Of the problems with the masked text those that are there in one branch. */
  duplicates(problems: readonly SyntaxProblem[]): SyntaxProblem[] {
    return problems.filter(({ start }) => this.#repeated.has(start));
  }

  #column(offset: number): number {
    return offset - this.#text.lastIndexOf('\n', offset - 1) - 1;
  }

  /** Opens what an action on a line of its own may add to, judged by the column at which its output begins. */
  #output(node: SyntaxNode, action: HelmAction): SyntaxNode {
    const { start } = action;
    if ((node.kind !== 'map' && node.kind !== 'list') || node.flow) {
      return node.start < start && start < node.end ? holding(node, start) : node;
    }
    if (node.kind === 'map') this.#outputInMap(node, action);
    else this.#outputInList(node, action);
    return node;
  }

  #outputInMap(map: Mutable<SyntaxMap>, action: HelmAction): void {
    const pair: Mutable<SyntaxPair> | undefined =
      map.pairs[lastIndexBefore(map.pairs, ({ keyStart }) => keyStart < action.start)];
    if (pair === undefined) {
      if (action.kind === 'output') map.open = true;
      return;
    }
    const column = this.#column(pair.keyStart);
    const { value } = pair;
    if (value.start < action.start && action.start < value.end) pair.value = this.#output(value, action);
    else if (action.kind !== 'output') return;
    else if (action.column > column) {
      if (canReceive(value)) pair.value = this.#received(value, action);
      else map.open = true;
    } else {
      map.open = true;
      // At the column of the key it may be the items of a list under it as well as the next key.
      if (action.column === column && isUnwritten(value)) pair.value = unknownAt(value);
      else if (action.column === column && value.kind === 'list' && !value.flow) openCollection(value);
    }
  }

  #outputInList(list: Mutable<SyntaxList>, action: HelmAction): void {
    const index = lastIndexBefore(list.itemStarts, (itemStart) => itemStart < action.start);
    const item = list.items[index];
    const itemStart = list.itemStarts[index];
    if (item === undefined || itemStart === undefined) {
      if (action.kind === 'output') list.open = true;
      return;
    }
    if (item.start < action.start && action.start < item.end) replaceItem(list, index, this.#output(item, action));
    else if (action.kind !== 'output') return;
    else if (action.column > this.#column(itemStart) && canReceive(item)) {
      replaceItem(list, index, this.#received(item, action));
    } else list.open = true;
  }

  #received(value: SyntaxNode, action: HelmAction): SyntaxNode {
    return value.kind === 'scalar' ? unknownAt(value) : this.#output(value, action);
  }

  /** Keys that stand in several branches have a value that cannot be told; those repeated in one branch are repeated. */
  #settleKeys(node: SyntaxNode): void {
    if (node.kind === 'list') for (const item of node.items) this.#settleKeys(item);
    if (node.kind !== 'map') return;
    for (const pair of node.pairs) this.#settleKeys(pair.value);
    if (!node.pairs.some(({ role }) => role === 'replaced')) return;
    const byKey = new Map<string, Mutable<SyntaxPair>[]>();
    for (const pair of node.pairs) {
      if (pair.role !== 'plain' && pair.role !== 'replaced') continue;
      const same = byKey.get(pair.key);
      if (same === undefined) byKey.set(pair.key, [pair]);
      else same.push(pair);
    }
    for (const pairs of byKey.values()) if (pairs.length > 1) this.#settleKey(pairs);
  }

  #settleKey(pairs: readonly Mutable<SyntaxPair>[]): void {
    const branches = new Set<number>();
    for (const pair of pairs) {
      const branch = this.#template.branchAt(pair.keyStart);
      if (branches.has(branch)) this.#repeated.add(pair.keyStart);
      branches.add(branch);
    }
    if (branches.size > 1) for (const pair of pairs) pair.role = 'conditional';
  }
}

/** Marks what holds an action that stands among other characters. */
function holding(node: SyntaxNode, at: number): SyntaxNode {
  if (node.kind !== 'map' && node.kind !== 'list') return unknownAt(node);
  if (node.kind === 'map') {
    const map: Mutable<SyntaxMap> = node;
    const pair: Mutable<SyntaxPair> | undefined =
      map.pairs[lastIndexBefore(map.pairs, ({ keyStart }) => keyStart <= at)];
    if (pair === undefined || (pair.value.propertiesStart <= at && at >= pair.value.end)) map.open = true;
    else if (at < pair.keyEnd) {
      pair.role = 'unknown';
      map.open = true;
    } else if (pair.value.propertiesStart <= at) pair.value = holding(pair.value, at);
    else map.open = true;
    return map;
  }
  const list: Mutable<SyntaxList> = node;
  const index = lastIndexBefore(list.items, (item) => item.propertiesStart <= at);
  const item = list.items[index];
  // In brackets one action can write several items.
  if (list.flow || item === undefined || at >= item.end) list.open = true;
  if (item !== undefined && at < item.end) replaceItem(list, index, holding(item, at));
  return list;
}

/** Opens the collections that have content of their own in a block but do not stand in it as a whole. */
function openAround(node: SyntaxNode, ownerStart: number, start: number, end: number): void {
  if (node.kind === 'map') {
    const { pairs } = node;
    for (
      let index = Math.max(
        0,
        lastIndexBefore(pairs, (pair) => pair.keyStart < start),
      );
      index < pairs.length;
      index++
    ) {
      const pair = pairs[index];
      if (pair === undefined || pair.keyStart >= end) break;
      const { keyStart, value } = pair;
      if (keyStart > start && ownerStart < start) openCollection(node);
      if (keyStart < start && value.end > start) openAround(value, keyStart, start, end);
    }
  } else if (node.kind === 'list') {
    const { items, itemStarts } = node;
    for (
      let index = Math.max(
        0,
        lastIndexBefore(itemStarts, (at) => at < start),
      );
      index < items.length;
      index++
    ) {
      const item = items[index];
      const itemStart = itemStarts[index];
      if (item === undefined || itemStart === undefined || itemStart >= end) break;
      if (itemStart > start && ownerStart < start) openCollection(node);
      if (itemStart < start && item.end > start) openAround(item, itemStart, start, end);
    }
  }
}

function openCollection(collection: Mutable<SyntaxMap> | Mutable<SyntaxList>): void {
  collection.open = true;
}

/** Whether output that is indented more than a key or dash can belong to the value after it. */
function canReceive(value: SyntaxNode): boolean {
  if (value.kind === 'scalar') return isUnwritten(value) || value.style === 'literal' || value.style === 'folded';
  return value.kind === 'unknown' || ((value.kind === 'map' || value.kind === 'list') && !value.flow);
}

function replaceItem(list: SyntaxList, index: number, item: SyntaxNode): void {
  (list.items as SyntaxNode[])[index] = item;
}

/** Index of the last of several entries in source order for which `isBefore` holds; -1 if there is none. */
function lastIndexBefore<T>(entries: readonly T[], isBefore: (entry: T) => boolean): number {
  let low = -1;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const entry = entries[middle];
    if (entry !== undefined && isBefore(entry)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function unknownAt(node: SyntaxNode): SyntaxUnknown {
  const { start, end, propertiesStart, anchor, tag } = node;
  return { kind: 'unknown', start, end, propertiesStart, anchor, tag };
}
