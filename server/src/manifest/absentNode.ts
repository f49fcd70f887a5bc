import type { ManifestDocument } from './manifestDocument.ts';
import type { FieldOrigin, ManifestEntry, ManifestNode, ManifestPath, Place } from './manifestNode.ts';

const noEntries: readonly ManifestEntry[] = [];
const noItems: readonly ManifestNode[] = [];

/** A value that is not in the source: missing, or (below something hidden) unknown. */
export class AbsentNode implements ManifestNode {
  readonly parent: ManifestNode;
  readonly isUnknown: boolean;
  readonly #key: string | number;

  constructor(parent: ManifestNode, key: string | number, isUnknown: boolean) {
    this.parent = parent;
    this.isUnknown = isUnknown;
    this.#key = key;
  }

  get document(): ManifestDocument {
    return this.parent.document;
  }

  get path(): ManifestPath {
    return [...this.parent.path, this.#key];
  }

  get type(): 'missing' | 'unknown' {
    return this.isUnknown ? 'unknown' : 'missing';
  }

  get isKnown(): boolean {
    return false;
  }

  get isMissing(): boolean {
    return !this.isUnknown;
  }

  get isNull(): boolean {
    return false;
  }

  get isComplete(): boolean {
    return !this.isUnknown;
  }

  get(...path: readonly (string | number)[]): ManifestNode {
    let node: ManifestNode = this;
    for (const key of path) node = new AbsentNode(node, key, this.isUnknown);
    return node;
  }

  entries(): readonly ManifestEntry[] {
    return noEntries;
  }

  items(): readonly ManifestNode[] {
    return noItems;
  }

  get scalar(): undefined {
    return undefined;
  }

  get string(): undefined {
    return undefined;
  }

  get number(): undefined {
    return undefined;
  }

  get boolean(): undefined {
    return undefined;
  }

  get nearestExisting(): ManifestNode {
    return this.parent.nearestExisting;
  }

  get place(): Place {
    const existing = this.nearestExisting.keyPlace;
    // A node of an embedded document lies, as a whole, in the document around it.
    return existing.document === this.document ? { ...existing, path: this.path } : existing;
  }

  get keyPlace(): Place {
    return this.place;
  }

  span(): Place {
    return this.place;
  }

  get origin(): FieldOrigin {
    return this.parent.origin;
  }

  get isShared(): boolean {
    return this.parent.isShared;
  }

  toJson(): undefined {
    return undefined;
  }
}
