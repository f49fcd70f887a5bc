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
import type { ObjectDocument } from './objectDocument.ts';

const noEntries: readonly ManifestEntry[] = [];
const noItems: readonly ManifestNode[] = [];

/** The view of a value of plain JSON. */
export class ObjectNode implements ManifestNode {
  readonly document: ObjectDocument;
  readonly parent: ObjectNode | undefined;
  readonly type: ManifestNodeType;
  readonly #key: string | number;
  readonly #value: unknown;

  constructor(document: ObjectDocument, parent: ObjectNode | undefined, key: string | number, value: unknown) {
    this.document = document;
    this.parent = parent;
    this.#key = key;
    this.#value = value;
    this.type = typeOf(value);
  }

  get path(): ManifestPath {
    const path: (string | number)[] = [];
    for (let node: ObjectNode = this; node.parent !== undefined; node = node.parent) path.push(node.#key);
    return path.reverse();
  }

  get isKnown(): boolean {
    return this.type !== 'missing';
  }

  get isMissing(): boolean {
    return this.type === 'missing';
  }

  get isUnknown(): boolean {
    return false;
  }

  get isNull(): boolean {
    return this.#value === null;
  }

  get isComplete(): boolean {
    return true;
  }

  get(...path: readonly (string | number)[]): ManifestNode {
    let node: ManifestNode = this;
    for (const key of path) node = node instanceof ObjectNode ? node.#child(key) : node.get(key);
    return node;
  }

  #child(key: string | number): ManifestNode {
    const value = this.#value;
    if (Array.isArray(value)) {
      if (typeof key === 'number' && key >= 0 && key < value.length) {
        return new ObjectNode(this.document, this, key, value[key] ?? null);
      }
    } else if (isObject(value) && Object.hasOwn(value, key) && value[key] !== undefined) {
      return new ObjectNode(this.document, this, key, value[key]);
    }
    return new AbsentNode(this, key, false);
  }

  entries(): readonly ManifestEntry[] {
    const value = this.#value;
    if (this.type !== 'map' || !isObject(value)) return noEntries;
    return Object.keys(value).map((key) => ({ key, value: this.#child(key) }));
  }

  items(): readonly ManifestNode[] {
    return Array.isArray(this.#value) ? this.#value.map((_, index) => this.#child(index)) : noItems;
  }

  get scalar(): ScalarValue | undefined {
    return this.string ?? this.number ?? this.boolean;
  }

  get string(): string | undefined {
    return typeof this.#value === 'string' ? this.#value : undefined;
  }

  get number(): number | undefined {
    return typeof this.#value === 'number' ? this.#value : undefined;
  }

  get boolean(): boolean | undefined {
    return typeof this.#value === 'boolean' ? this.#value : undefined;
  }

  get nearestExisting(): ManifestNode {
    return this;
  }

  get place(): Place {
    return { document: this.document, path: this.path, range: undefined };
  }

  get keyPlace(): Place {
    return this.place;
  }

  span(): Place {
    return this.place;
  }

  get origin(): FieldOrigin {
    return this.document.originOf(this.path);
  }

  get isShared(): boolean {
    return false;
  }

  toJson(): unknown {
    return this.#value;
  }
}

function typeOf(value: unknown): ManifestNodeType {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      if (Array.isArray(value)) return 'list';
      return isObject(value) ? 'map' : 'missing';
  }
}

function isObject(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}
