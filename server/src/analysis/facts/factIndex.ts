import {
  type Fact,
  type FactKey,
  type FactReader,
  type FactType,
  type FiledFact,
  factKeyOf,
} from '../../kubernetes/index.ts';
import { groupBy } from '../groupBy.ts';

/** A fact type together with a key: what a judgement depends on. */
export type FactSlot = `${FactType} ${FactKey}`;

/** A fact in the index. The same object for as long as its values stay; only its place moves. */
interface IndexedFact extends FiledFact {
  documentIndex: number;
  /** The values as text, to compare. */
  readonly content: string;
}

/**
 * The facts of the files of one workspace folder, by type and key. Replacing the facts of a file by equal ones changes
 * nothing, wherever their documents have moved.
 */
export class FactIndex implements FactReader {
  readonly #files = new Map<string, ReadonlyMap<FactSlot, readonly IndexedFact[]>>();
  readonly #slots = new Map<FactSlot, Map<string, readonly IndexedFact[]>>();
  readonly #sorted = new Map<FactSlot, readonly IndexedFact[]>();
  readonly #onChange: (slot: FactSlot) => void;

  /** `onChange` is called for each slot whose facts are no longer the same. */
  constructor(onChange: (slot: FactSlot) => void) {
    this.#onChange = onChange;
  }

  /** Replaces the facts of a file; `documents` holds those of each of its documents in order. */
  set(uri: string, documents: readonly (readonly Fact[])[]): void {
    const before = this.#files.get(uri);
    const after = new Map<FactSlot, IndexedFact[]>();
    for (const [documentIndex, facts] of documents.entries()) {
      for (const fact of facts) addTo(after, fact, uri, documentIndex);
    }
    for (const [slot, facts] of after) keepUnchanged(before?.get(slot), facts);
    if (after.size === 0) this.#files.delete(uri);
    else this.#files.set(uri, after);
    for (const slot of new Set([...(before?.keys() ?? []), ...after.keys()])) {
      this.#replace(slot, uri, before?.get(slot), after.get(slot));
    }
  }

  remove(uri: string): void {
    this.set(uri, []);
  }

  read<T extends FactType>(type: T, key: FactKey): readonly FiledFact<T>[] {
    return this.#read(`${type} ${key}`) as unknown as readonly FiledFact<T>[];
  }

  /** Whether any fact is filed there. */
  has(slot: FactSlot): boolean {
    return this.#slots.has(slot);
  }

  #replace(
    slot: FactSlot,
    uri: string,
    before: readonly IndexedFact[] | undefined,
    after: readonly IndexedFact[] | undefined,
  ): void {
    let files = this.#slots.get(slot);
    if (after !== undefined) {
      if (files === undefined) {
        files = new Map();
        this.#slots.set(slot, files);
      }
      files.set(uri, after);
    } else if (files?.delete(uri) === true && files.size === 0) {
      this.#slots.delete(slot);
    }
    this.#sorted.delete(slot);
    const isSame =
      before?.length === after?.length && before?.every((fact, index) => fact === after?.[index]) !== false;
    if (!isSame) this.#onChange(slot);
  }

  #read(slot: FactSlot): readonly IndexedFact[] {
    let sorted = this.#sorted.get(slot);
    if (sorted === undefined) {
      const files = [...(this.#slots.get(slot) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      sorted = files.flatMap(([, facts]) => facts);
      this.#sorted.set(slot, sorted);
    }
    return sorted;
  }
}

/** Records which slots are read. */
export class RecordingReader implements FactReader {
  readonly slots = new Set<FactSlot>();
  readonly #facts: FactReader;

  constructor(facts: FactReader) {
    this.#facts = facts;
  }

  read<T extends FactType>(type: T, key: FactKey): readonly FiledFact<T>[] {
    this.slots.add(`${type} ${key}`);
    return this.#facts.read(type, key);
  }
}

/** The slot under which a fact is filed; see `FactKey`. */
export function slotOf(fact: Fact): FactSlot {
  return `${fact.type} ${factKeyOf(fact)}`;
}

export function typeOfSlot(slot: FactSlot): FactType {
  return slot.slice(0, slot.indexOf(' ')) as FactType;
}

function addTo(slots: Map<FactSlot, IndexedFact[]>, fact: Fact, uri: string, documentIndex: number): void {
  const indexed: IndexedFact = { fact, uri, documentIndex, content: contentOf(fact) };
  const slot = slotOf(fact);
  const facts = slots.get(slot);
  if (facts === undefined) slots.set(slot, [indexed]);
  else facts.push(indexed);
}

/** The facts of an untouched document are the same objects at every edit of its file. */
const contents = new WeakMap<Fact, string>();

function contentOf(fact: Fact): string {
  let content = contents.get(fact);
  if (content === undefined) {
    content = JSON.stringify(fact);
    contents.set(fact, content);
  }
  return content;
}

/** Puts the old objects in the place of new ones with equal values, so that what refers to them stays valid. */
function keepUnchanged(before: readonly IndexedFact[] | undefined, after: IndexedFact[]): void {
  if (before === undefined) return;
  const byContent = groupBy(before, (fact) => fact.content);
  for (const [index, fact] of after.entries()) {
    const old = byContent.get(fact.content)?.shift();
    if (old === undefined) continue;
    old.documentIndex = fact.documentIndex;
    after[index] = old;
  }
}
