import type {
  FieldOrigin,
  ManifestDocument,
  ManifestEntry,
  ManifestNode,
  ManifestNodeType,
  ManifestPath,
  Place,
  ScalarValue,
} from '../../manifest/index.ts';

/**
 * The same node in a fragment (a Kustomize patch, say): what is absent may stand in the object that the fragment is
 * laid over, so absent means *unknown*. What is written, null included, stays what it is.
 */
export function openView(node: ManifestNode): ManifestNode {
  return node instanceof OpenNode ? node : new OpenNode(node);
}

class OpenNode implements ManifestNode {
  readonly #node: ManifestNode;

  constructor(node: ManifestNode) {
    this.#node = node;
  }

  get document(): ManifestDocument {
    return this.#node.document;
  }

  get path(): ManifestPath {
    return this.#node.path;
  }

  get type(): ManifestNodeType {
    return this.isUnknown ? 'unknown' : this.#node.type;
  }

  get isKnown(): boolean {
    return this.#node.isKnown;
  }

  get isMissing(): boolean {
    return this.#node.isNull;
  }

  get isUnknown(): boolean {
    return !this.#node.isKnown && !this.#node.isNull;
  }

  get isNull(): boolean {
    return this.#node.isNull;
  }

  get isComplete(): boolean {
    const isContainer = this.#node.type === 'map' || this.#node.type === 'list';
    return !isContainer && this.#node.isComplete;
  }

  get(...path: readonly (string | number)[]): ManifestNode {
    // Below a written null nothing can be added by the other side: the patch deletes the field.
    let node = this.#node;
    for (const [index, step] of path.entries()) {
      if (node.isNull) return node.get(...path.slice(index));
      node = node.get(step);
    }
    return openView(node);
  }

  entries(): readonly ManifestEntry[] {
    return this.#node.entries().map((entry) => ({ key: entry.key, value: openView(entry.value) }));
  }

  items(): readonly ManifestNode[] {
    return this.#node.items().map(openView);
  }

  get scalar(): ScalarValue | undefined {
    return this.#node.scalar;
  }

  get string(): string | undefined {
    return this.#node.string;
  }

  get number(): number | undefined {
    return this.#node.number;
  }

  get boolean(): boolean | undefined {
    return this.#node.boolean;
  }

  get parent(): ManifestNode | undefined {
    const parent = this.#node.parent;
    return parent === undefined ? undefined : openView(parent);
  }

  get nearestExisting(): ManifestNode {
    return openView(this.#node.nearestExisting);
  }

  get place(): Place {
    return this.#node.place;
  }

  get keyPlace(): Place {
    return this.#node.keyPlace;
  }

  span(from: number, to: number): Place {
    return this.#node.span(from, to);
  }

  get origin(): FieldOrigin {
    return this.#node.origin;
  }

  get isShared(): boolean {
    return this.#node.isShared;
  }

  toJson(): unknown {
    return this.#node.toJson();
  }
}
