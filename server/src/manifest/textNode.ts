import { AbsentNode } from './absentNode.ts';
import type {
  FieldOrigin,
  ManifestEntry,
  ManifestNode,
  ManifestNodeType,
  ManifestPath,
  Place,
  ScalarValue,
} from './manifestNode.ts';
import { entriesOf, findEntry, isCompleteMap } from './mapContent.ts';
import { spanOf } from './scalarSpan.ts';
import { dereference, isUnwritten, type SyntaxAlias, type SyntaxNode, type SyntaxPair } from './syntaxTree.ts';
import type { TextDocument } from './textDocument.ts';

const noEntries: readonly ManifestEntry[] = [];
const noItems: readonly ManifestNode[] = [];

type Target = Exclude<SyntaxNode, SyntaxAlias>;

/** The view of a value that is written in a text. Made when asked for, and kept by its parent. */
export class TextNode implements ManifestNode {
  readonly document: TextDocument;
  readonly parent: TextNode | undefined;
  /** Key or index in the parent; '' at the root. */
  readonly key: string | number;
  /** As written; an alias is not followed. undefined for a root that is missing or cannot be told. */
  readonly syntax: SyntaxNode | undefined;
  /** The pair whose value this is. */
  readonly pair: SyntaxPair | undefined;
  readonly isShared: boolean;
  /** What the value is, aliases followed; undefined if missing or unknown. */
  readonly #target: Target | undefined;
  readonly type: ManifestNodeType;
  #children: Map<string | number, ManifestNode> | undefined;
  #entries: readonly ManifestEntry[] | undefined;
  #items: readonly ManifestNode[] | undefined;

  constructor(
    document: TextDocument,
    parent: TextNode | undefined,
    key: string | number,
    syntax: SyntaxNode | undefined,
    pair: SyntaxPair | undefined,
    isShared: boolean,
  ) {
    this.document = document;
    this.parent = parent;
    this.key = key;
    this.syntax = syntax;
    this.pair = pair;
    this.isShared = isShared || syntax?.kind === 'alias';
    this.#target = syntax === undefined ? undefined : dereference(syntax);
    this.type = this.#typeOf();
  }

  #typeOf(): ManifestNodeType {
    if (this.syntax === undefined) return this.document.isEmpty ? 'missing' : 'unknown';
    if (this.#target === undefined || this.pair?.role === 'conditional') return 'unknown';
    if (this.#target.kind !== 'scalar') return this.#target.kind;
    const { value } = this.#target;
    if (value === null) return 'missing';
    return typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'boolean';
  }

  get path(): ManifestPath {
    const path: (string | number)[] = [];
    for (let node: TextNode = this; node.parent !== undefined; node = node.parent) path.push(node.key);
    return path.reverse();
  }

  get isKnown(): boolean {
    return this.type !== 'missing' && this.type !== 'unknown';
  }

  get isMissing(): boolean {
    return this.type === 'missing';
  }

  get isUnknown(): boolean {
    return this.type === 'unknown';
  }

  get isNull(): boolean {
    return this.type === 'missing' && this.syntax !== undefined;
  }

  get isComplete(): boolean {
    if (this.type === 'unknown') return false;
    const target = this.#target;
    if (target?.kind === 'map') return !this.document.isPartial && isCompleteMap(target);
    if (target?.kind === 'list') return !this.document.isPartial && !target.open;
    return true;
  }

  get(...path: readonly (string | number)[]): ManifestNode {
    let node: ManifestNode = this;
    for (let index = 0; index < path.length; index++) {
      const key = path[index];
      if (key === undefined) break;
      node = node instanceof TextNode ? node.#child(key) : node.get(key);
    }
    return node;
  }

  #child(key: string | number): ManifestNode {
    let child = this.#children?.get(key);
    if (child === undefined) {
      child = this.#makeChild(key);
      this.#children ??= new Map();
      this.#children.set(key, child);
    }
    return child;
  }

  #makeChild(key: string | number): ManifestNode {
    const target = this.type === 'map' || this.type === 'list' ? this.#target : undefined;
    if (target?.kind === 'map') {
      const entry = findEntry(target, String(key));
      if (entry !== undefined) {
        return new TextNode(this.document, this, key, entry.pair.value, entry.pair, this.isShared || entry.merged);
      }
    } else if (target?.kind === 'list' && typeof key === 'number') {
      const item = target.items[key];
      if (item !== undefined) return new TextNode(this.document, this, key, item, undefined, this.isShared);
    }
    return new AbsentNode(this, key, !this.isComplete);
  }

  entries(): readonly ManifestEntry[] {
    const target = this.#target;
    if (this.type !== 'map' || target?.kind !== 'map') return noEntries;
    this.#entries ??= entriesOf(target).map(({ pair }) => ({ key: pair.key, value: this.#child(pair.key) }));
    return this.#entries;
  }

  items(): readonly ManifestNode[] {
    const target = this.#target;
    if (this.type !== 'list' || target?.kind !== 'list') return noItems;
    this.#items ??= target.items.map((_, index) => this.#child(index));
    return this.#items;
  }

  get scalar(): ScalarValue | undefined {
    const target = this.#target;
    return this.isKnown && target?.kind === 'scalar' ? (target.value ?? undefined) : undefined;
  }

  get string(): string | undefined {
    const value = this.scalar;
    return typeof value === 'string' ? value : undefined;
  }

  get number(): number | undefined {
    const value = this.scalar;
    return typeof value === 'number' ? value : undefined;
  }

  get boolean(): boolean | undefined {
    const value = this.scalar;
    return typeof value === 'boolean' ? value : undefined;
  }

  get nearestExisting(): ManifestNode {
    return this;
  }

  get place(): Place {
    const { syntax } = this;
    if (syntax === undefined) {
      const { text } = this.document;
      const start = text.length - text.trimStart().length;
      return {
        document: this.document,
        path: this.path,
        range: { start, end: Math.max(start, text.trimEnd().length) },
      };
    }
    if (!isUnwritten(syntax)) return this.#placeAt(syntax.start, syntax.end);
    if (this.pair !== undefined) return this.#placeAt(this.pair.keyStart, this.pair.keyEnd);
    const itemStart = this.#itemStart() ?? syntax.propertiesStart;
    return this.#placeAt(itemStart, Math.max(syntax.end, itemStart));
  }

  #itemStart(): number | undefined {
    const list = this.parent === undefined ? undefined : this.parent.#target;
    return list?.kind === 'list' && typeof this.key === 'number' ? list.itemStarts[this.key] : undefined;
  }

  get keyPlace(): Place {
    return this.pair === undefined ? this.place : this.#placeAt(this.pair.keyStart, this.pair.keyEnd);
  }

  #placeAt(start: number, end: number): Place {
    const { host } = this.document;
    if (host !== undefined) return host.node.span(host.offset + start, host.offset + end);
    return { document: this.document, path: this.path, range: { start, end } };
  }

  span(from: number, to: number): Place {
    const target = this.#target;
    if (this.type === 'string' && target?.kind === 'scalar') {
      const range = spanOf(this.document.text, target, from, to);
      if (range !== undefined) return this.#placeAt(range.start, range.end);
    }
    return this.place;
  }

  get origin(): FieldOrigin {
    return 'author';
  }

  toJson(): unknown {
    switch (this.type) {
      case 'map':
        return Object.fromEntries(this.entries().map(({ key, value }) => [key, value.toJson()]));
      case 'list':
        return this.items().map((item) => item.toJson());
      case 'missing':
        return this.isNull ? null : undefined;
      case 'unknown':
        return undefined;
      default:
        return this.scalar;
    }
  }
}

/**
 * The syntax of a node's value as it is written (an alias is not followed); undefined for a node that is not in a text.
 * Reached through an alias or merge key (`isShared`), it is the syntax at the anchor.
 */
export function syntaxOf(node: ManifestNode): SyntaxNode | undefined {
  return node instanceof TextNode ? node.syntax : undefined;
}

/** The pair whose value a node is; undefined in a list, at the root, and for a node that is not in a text. */
export function pairOf(node: ManifestNode): SyntaxPair | undefined {
  return node instanceof TextNode ? node.pair : undefined;
}
