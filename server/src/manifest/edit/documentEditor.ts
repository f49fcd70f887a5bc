import type { TextEdit } from '../fix.ts';
import type { ManifestPath } from '../manifestNode.ts';
import { parseDocument } from '../parseDocument.ts';
import { appendPair, deleteBlockEntry, insertBlockItem, replaceBlockValue } from './blockEdits.ts';
import { blockStyleAt } from './blockStyle.ts';
import { type Content, nested, valueContent, writtenContent } from './content.ts';
import { isOnly, isVacant, touchesAction } from './editChecks.ts';
import { countOf, type EditSource, type Entry, isInFlow, type Location, locate, occurrencesOf } from './editSource.ts';
import {
  deleteFlowEntry,
  flowItem,
  flowPair,
  flowStyleAt,
  insertFlowEntry,
  quoteOfItems,
  replaceFlowValue,
} from './flowEdits.ts';
import {
  hasDanglingAlias,
  isSameOutline,
  nestedOutline,
  type Outline,
  outlineAt,
  outlineOf,
  outlineOfValue,
  withInserted,
  withKey,
  withOnePair,
  withoutEntry,
  withValue,
} from './outline.ts';
import { isSamePath, type PathShift, shiftedPath, startsWith } from './pathShift.ts';
import { reasons } from './reasons.ts';
import { type Replacement, Replacements, rewrittenText } from './replaceText.ts';
import { applyEdits, areApart, sorted } from './textEdits.ts';
import { BLOCK_SITE, doubleQuoted, quoteOf, type ScalarSite, singleQuoted, writeScalar } from './writeScalar.ts';
import { type FlowValue, inlineFragment, isList, isMap, type PlainValue, writeBlock, writeFlow } from './writeValue.ts';

/** undefined if an operation was done, else the sentence that says why it cannot be. */
type Outcome = string | undefined;

/**
 * The text of one document while the operations of a fix are done to it, one after the other: each sees the text that the
 * one before left, parsed anew. All paths given to it are those of the document as it was at first.
 */
export class DocumentEditor {
  #source: EditSource;
  #expected: Outline;
  readonly #problemCount: number;
  readonly #shifts: PathShift[] = [];
  /** Removals that would leave an empty parent, as long as a later operation may still fill it. */
  #postponed: ManifestPath[] = [];
  readonly #replacements = new Replacements();

  constructor(source: EditSource) {
    this.#source = source;
    this.#expected = outlineOf(source.root, source.text);
    this.#problemCount = source.problems.length;
  }

  get source(): EditSource {
    return this.#source;
  }

  set(path: ManifestPath, value: PlainValue): Outcome {
    return this.#flushed(this.#now(path)) ?? this.#set(this.#now(path), value);
  }

  insert(list: ManifestPath, index: number, value: PlainValue): Outcome {
    const now = this.#now([...list, index]);
    return this.#insert(now.slice(0, -1), Number(now.at(-1)), valueContent(value), outlineOfValue(value));
  }

  remove(path: ManifestPath, keepEmptyParent: boolean): Outcome {
    const now = this.#now(path);
    if (!keepEmptyParent && this.#isOnlyEntry(now)) {
      this.#postponed.push(now);
      return undefined;
    }
    return this.#remove(now, keepEmptyParent);
  }

  rename(path: ManifestPath, key: string): Outcome {
    const now = this.#now(path);
    return this.#flushed([...now.slice(0, -1), key]) ?? this.#rename(now, key);
  }

  /** The pairs of one key are counted from 0, in source order. */
  keepOne(path: ManifestPath, occurrence: number): Outcome {
    return this.#keepOne(this.#now(path), occurrence);
  }

  move(from: ManifestPath, to: ManifestPath): Outcome {
    return this.#flushed(this.#now(to)) ?? this.#move(this.#now(from), this.#now(to));
  }

  /** `from` and `to` count in the string as it was before any other replacement in it. */
  replaceText(path: ManifestPath, from: number, to: number, text: string): Outcome {
    const shift = this.#replacements.add({ path, from, to, text });
    if (shift === undefined) return reasons.overlap;
    return this.#replaceText(this.#now(path), { from: from + shift, to: to + shift, text });
  }

  /** Does what was put off, and compares the text with what the operations should have made of it. */
  finish(): Outcome {
    const outcome = this.#flushed([]);
    if (outcome !== undefined) return outcome;
    const { root, text, problems } = this.#source;
    const outline = outlineOf(root, text);
    if (problems.length <= this.#problemCount && isSameOutline(outline, this.#expected)) return undefined;
    return hasDanglingAlias(outline) && !hasDanglingAlias(this.#expected) ? reasons.anchor : reasons.failed;
  }

  #now(path: ManifestPath): ManifestPath {
    return shiftedPath(path, this.#shifts);
  }

  /** Does the removals put off at or under a path, so that something else can take their place. */
  #flushed(path: ManifestPath): Outcome {
    const removal = this.#postponed.find((postponed) => startsWith(postponed, path));
    if (removal === undefined) return undefined;
    this.#postponed = this.#postponed.filter((other) => other !== removal);
    return this.#remove(removal, false) ?? this.#flushed(path);
  }

  #done(edits: readonly TextEdit[], expected: Outline, ...shifts: readonly PathShift[]): Outcome {
    const inOrder = sorted(edits);
    // Layouts that no edit is made for, such as `? key` over several lines, give edits that cannot be.
    if (!areApart(inOrder)) return reasons.failed;
    const text = applyEdits(this.#source.text, inOrder);
    if (this.#source.form === 'helm-template' && edits.some((edit) => touchesAction(this.#source.text, edit))) {
      return reasons.template;
    }
    const { root, comments, problems } = parseDocument(text, this.#source.form);
    this.#source = { ...this.#source, text, root, comments, problems };
    this.#expected = expected;
    this.#shifts.push(...shifts);
    this.#postponed = this.#postponed.map((path) => shiftedPath(path, shifts));
    return undefined;
  }

  #refusal(location: Location): Outcome {
    const place = location.trail.at(-1)?.container ?? location.node;
    const broken = this.#source.problems.some(
      ({ kind, start, end }) =>
        kind !== 'duplicate-key' && (place === undefined || (start <= place.end && end >= place.start)),
    );
    if (broken) return reasons.syntax;
    if (location.node?.kind === 'alias') return reasons.shared;
    return location.node?.kind === 'unknown' ? reasons.template : undefined;
  }

  #set(path: ManifestPath, value: PlainValue): Outcome {
    const location = locate(this.#source.root, path);
    const refusal = this.#refusal(location);
    if (refusal !== undefined) return refusal;
    const outline = outlineOfValue(value);
    if (location.missing.length > 0 || location.node === undefined) {
      return this.#create(location, path, valueContent(value), outline);
    }
    const old = outlineOf(location.node, this.#source.text);
    if (isSameOutline(old, outline)) return undefined;
    if (old.kind === 'map' && isMap(value) && Object.keys(value).length > 0 && old.pairs.length > 0) {
      return this.#setMap(path, old, value);
    }
    if (old.kind === 'list' && isList(value) && value.length > 0 && old.items.length > 0) {
      return this.#setList(path, old.items, value);
    }
    return this.#replace(location, path, value);
  }

  /** Only the pairs that differ are written, so that the comments of the others stay. */
  #setMap(path: ManifestPath, old: Outline & { kind: 'map' }, value: { readonly [key: string]: PlainValue }): Outcome {
    if (old.pairs.some((pair) => pair.role !== 'plain')) return reasons.shared;
    for (const [key, item] of Object.entries(value)) {
      const outcome = this.#set([...path, key], item);
      if (outcome !== undefined) return outcome;
    }
    for (const { key } of old.pairs) {
      if (Object.hasOwn(value, key)) continue;
      const outcome = this.#remove([...path, key], true);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  }

  #setList(path: ManifestPath, old: readonly Outline[], value: readonly PlainValue[]): Outcome {
    const items = value.map(outlineOfValue);
    const isSame = (oldIndex: number, newIndex: number): boolean => {
      const before = old[oldIndex];
      const after = items[newIndex];
      return before !== undefined && after !== undefined && isSameOutline(before, after);
    };
    const shorter = Math.min(old.length, value.length);
    let head = 0;
    while (head < shorter && isSame(head, head)) head++;
    let tail = 0;
    while (tail < shorter - head && isSame(old.length - 1 - tail, value.length - 1 - tail)) tail++;
    for (let index = head; index < value.length - tail; index++) {
      const item = value[index] ?? null;
      const outline = items[index] ?? outlineOfValue(item);
      const outcome =
        index < old.length - tail
          ? this.#set([...path, index], item)
          : this.#insert(path, index, valueContent(item), outline);
      if (outcome !== undefined) return outcome;
    }
    for (let index = old.length - tail - 1; index >= value.length - tail; index--) {
      const outcome = this.#remove([...path, index], true);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  }

  #replace({ trail, node }: Location, path: ManifestPath, value: PlainValue): Outcome {
    const expected = withValue(this.#expected, path, outlineOfValue(value));
    const site: ScalarSite = { flow: false, quote: node?.kind === 'scalar' ? quoteOf(node.style) : 'plain' };
    const entry = trail.at(-1);
    if (entry === undefined) return this.#replaceRoot(valueContent(value), expected);
    if (isInFlow(this.#source, trail)) return this.#replaceInFlow(trail, entry, value, site, expected);
    const style = blockStyleAt(this.#source, trail, undefined);
    return this.#done([replaceBlockValue(this.#source, entry, writeBlock(value, style, site), style)], expected);
  }

  #replaceInFlow(
    trail: readonly Entry[],
    entry: Entry,
    value: FlowValue,
    site: ScalarSite,
    expected: Outline,
  ): Outcome {
    const { lineEnding } = this.#source;
    const style = flowStyleAt(this.#source, trail);
    const written = (column: number): string => writeFlow(value, style, column, lineEnding, site.quote);
    return this.#done([replaceFlowValue(this.#source, entry, written)], expected);
  }

  #replaceRoot(content: Content, expected: Outline): Outcome {
    const { root, text, lineEnding, form } = this.#source;
    if (form === 'json') return reasons.failed;
    const style = blockStyleAt(this.#source, [], undefined);
    const fragment = content.inBlock(style, BLOCK_SITE);
    const lines = fragment.inline === '' ? fragment.body : [fragment.inline, ...fragment.body];
    const written = lines.join(lineEnding);
    if (root !== undefined && root.end > root.start) {
      return this.#done([{ start: root.propertiesStart, end: root.end, text: written }], expected);
    }
    const separator = text === '' || text.endsWith('\n') || text === '\uFEFF' ? '' : lineEnding;
    return this.#done([{ start: text.length, end: text.length, text: separator + written + lineEnding }], expected);
  }

  /** Puts something where nothing is; `location` is how far the way there is written. */
  #create(location: Location, path: ManifestPath, content: Content, outline: Outline): Outcome {
    const source = this.#source;
    const { trail, node, missing } = location;
    const [segment, ...rest] = missing;
    const expected = withValue(this.#expected, path, outline);
    const inFlow = isInFlow(source, trail);
    if (node === undefined || segment === undefined || isVacant(source, node, segment)) {
      return this.#fill(location, nested(missing, content), expected);
    }
    if (node.kind === 'list' && segment === node.items.length) {
      return this.#insert(path.slice(0, trail.length), segment, nested(rest, content), nestedOutline(rest, outline));
    }
    if (node.kind !== 'map' || typeof segment === 'number') return reasons.notAMap;
    const inner = nested(rest, content);
    if (!inFlow && !node.flow) {
      const style = blockStyleAt(source, trail, node);
      const fragment = inner.inBlock(style, BLOCK_SITE);
      return this.#done([appendPair(source, node, segment, fragment, inner.comments, style)], expected);
    }
    if (inner.inFlow === undefined) return reasons.template;
    const style = flowStyleAt(source, trail, node);
    const pair = flowPair(source, segment, inner.inFlow, style);
    return this.#done(insertFlowEntry(source, node, node.pairs.length, pair, style), expected);
  }

  /** Gives a null, `{}` or `[]` its content. */
  #fill({ trail }: Location, content: Content, expected: Outline): Outcome {
    const source = this.#source;
    const entry = trail.at(-1);
    if (isInFlow(source, trail)) {
      if (content.inFlow === undefined) return reasons.template;
      if (entry !== undefined) return this.#replaceInFlow(trail, entry, content.inFlow, BLOCK_SITE, expected);
      if (source.root === undefined) return reasons.failed;
      const style = { ...flowStyleAt(source, []), spread: 2 };
      const written = writeFlow(content.inFlow, style, 0, source.lineEnding);
      return this.#done([{ start: source.root.start, end: source.root.end, text: written }], expected);
    }
    if (entry === undefined) return this.#replaceRoot(content, expected);
    const style = blockStyleAt(source, trail, undefined);
    return this.#done([replaceBlockValue(source, entry, content.inBlock(style, BLOCK_SITE), style)], expected);
  }

  #insert(path: ManifestPath, index: number, content: Content, outline: Outline): Outcome {
    const source = this.#source;
    const location = locate(source.root, path);
    const refusal = this.#refusal(location);
    if (refusal !== undefined) return refusal;
    const { trail, node, missing } = location;
    const isEmptyList = node?.kind === 'list' && node.items.length === 0;
    if (missing.length > 0 || node === undefined || isEmptyList || (node.kind === 'scalar' && node.value === null)) {
      if (index !== 0) return reasons.noSuchItem;
      return this.#create({ ...location, missing: [...missing, 0] }, [...path, 0], content, outline);
    }
    if (node.kind !== 'list') return reasons.notAList;
    if (index > node.items.length) return reasons.noSuchItem;
    if (node.open) return reasons.template;
    const expected = withInserted(this.#expected, path, index, outline);
    const shift: PathShift = { kind: 'inserted', list: path, index };
    if (!isInFlow(source, trail) && !node.flow) {
      const style = blockStyleAt(source, trail, node);
      const fragment = content.inBlock(style, { flow: false, quote: quoteOfItems(node) });
      return this.#done([insertBlockItem(source, node, index, fragment, content.comments, style)], expected, shift);
    }
    if (content.inFlow === undefined) return reasons.template;
    const style = flowStyleAt(source, trail, node);
    const item = flowItem(source, node, content.inFlow, style);
    return this.#done(insertFlowEntry(source, node, index, item, style), expected, shift);
  }

  #isOnlyEntry(path: ManifestPath): boolean {
    const { trail, missing } = locate(this.#source.root, path);
    const entry = trail.at(-1);
    return missing.length === 0 && entry !== undefined && isOnly(entry);
  }

  #remove(path: ManifestPath, keepEmptyParent: boolean): Outcome {
    const location = locate(this.#source.root, path);
    const refusal = this.#refusal(location);
    if (refusal !== undefined) return refusal;
    if (location.missing.length > 0) return undefined;
    const { trail } = location;
    let depth = trail.length - 1;
    if (!keepEmptyParent) while (depth > 0 && isOnly(trail[depth])) depth--;
    const entry = trail[depth];
    if (entry === undefined) return reasons.wholeDocument;
    const removed = path.slice(0, depth + 1);
    if (isOnly(entry)) return this.#empty(trail.slice(0, depth), entry, removed);
    if (countOf(entry.container) === 1) return reasons.template;
    const edits = entry.container.flow ? deleteFlowEntry(this.#source, entry) : [deleteBlockEntry(this.#source, entry)];
    return this.#done(edits, withoutEntry(this.#expected, removed), { kind: 'removed', path: removed });
  }

  /** Leaves `{}` or `[]` where the only entry of a map or list was. */
  #empty(trail: readonly Entry[], { container }: Entry, removed: ManifestPath): Outcome {
    const source = this.#source;
    const brackets = container.kind === 'map' ? '{}' : '[]';
    const expected = withoutEntry(this.#expected, removed);
    const parent = trail.at(-1);
    if (container.flow || parent === undefined) {
      return this.#done([{ start: container.start, end: container.end, text: brackets }], expected);
    }
    const style = blockStyleAt(source, trail, undefined);
    return this.#done([replaceBlockValue(source, parent, inlineFragment(brackets), style)], expected);
  }

  #rename(path: ManifestPath, key: string): Outcome {
    const location = locate(this.#source.root, path);
    const refusal = this.#refusal(location);
    if (refusal !== undefined) return refusal;
    const { trail, missing } = location;
    const entry = trail.at(-1);
    if (missing.length > 0 || entry?.container.kind !== 'map') return reasons.noSuchKey;
    const pair = entry.container.pairs[entry.index];
    if (pair === undefined || pair.key === key) return undefined;
    if (entry.container.pairs.some((other) => other.key === key)) return reasons.keyExists(key);
    const quote = this.#source.text[pair.keyStart];
    const site: ScalarSite = { flow: entry.container.flow, quote: 'plain' };
    const written = quote === '"' ? doubleQuoted(key) : quote === "'" ? singleQuoted(key) : writeScalar(key, site);
    const edit: TextEdit = { start: pair.keyStart, end: pair.keyEnd, text: written };
    const to = [...path.slice(0, -1), key];
    return this.#done([edit], withKey(this.#expected, path, key), { kind: 'moved', from: path, to });
  }

  #keepOne(path: ManifestPath, occurrence: number): Outcome {
    const expected = withOnePair(this.#expected, path, occurrence);
    if (expected === undefined) return reasons.noSuchKey;
    for (let count = occurrencesOf(locate(this.#source.root, path)).length; count > 1; count--) {
      const location = locate(this.#source.root, path);
      const refusal = this.#refusal(location);
      if (refusal !== undefined) return refusal;
      // From the end up to the one that stays, then those before it.
      const entry = occurrencesOf(location)[count > occurrence + 1 ? count - 1 : 0];
      if (entry === undefined) return reasons.noSuchKey;
      const { flow } = entry.container;
      const edits = flow ? deleteFlowEntry(this.#source, entry) : [deleteBlockEntry(this.#source, entry)];
      const outcome = this.#done(edits, expected);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  }

  #move(from: ManifestPath, to: ManifestPath): Outcome {
    if (startsWith(to, from)) return reasons.intoItself;
    const origin = locate(this.#source.root, from);
    const target = locate(this.#source.root, to);
    const refusal = this.#refusal(origin) ?? this.#refusal(target);
    if (refusal !== undefined) return refusal;
    const entry = origin.trail.at(-1);
    const outline = outlineAt(this.#expected, from);
    if (origin.missing.length > 0 || entry === undefined || outline === undefined) return reasons.noSuchKey;
    const key = to.at(-1);
    if (typeof key === 'string' && isSamePath(from.slice(0, -1), to.slice(0, -1))) return this.#rename(from, key);
    if (target.missing.length === 0 && outlineAt(this.#expected, to)?.kind !== 'scalar') return reasons.keyExists(key);
    const content = writtenContent(this.#source, origin.trail, entry);
    const outcome = this.#create(target, to, content, outline);
    if (outcome !== undefined) return outcome;
    const shift: PathShift = { kind: 'moved', from, to };
    this.#shifts.push(shift);
    this.#postponed = this.#postponed.map((path) => shiftedPath(path, [shift]));
    if (this.#isOnlyEntry(from)) {
      this.#postponed.push(from);
      return undefined;
    }
    return this.#remove(from, false);
  }

  #replaceText(path: ManifestPath, replacement: Replacement): Outcome {
    const { from, to, text } = replacement;
    const location = locate(this.#source.root, path);
    const refusal = this.#refusal(location);
    if (refusal !== undefined) return refusal;
    const { node, missing } = location;
    if (missing.length > 0 || node?.kind !== 'scalar' || typeof node.value !== 'string') return reasons.notText;
    if (from < 0 || to < from || to > node.value.length) return reasons.notText;
    const value = node.value.slice(0, from) + text + node.value.slice(to);
    if (value === node.value) return undefined;
    const edit = rewrittenText(this.#source, location.trail, node, replacement, value);
    if (edit === undefined || !this.#reads(edit, path, value)) return this.#replace(location, path, value);
    return this.#done([edit], withValue(this.#expected, path, { kind: 'scalar', value }));
  }

  /** Whether the string at a path would read so after an edit. */
  #reads(edit: TextEdit, path: ManifestPath, value: string): boolean {
    const { root } = parseDocument(applyEdits(this.#source.text, [edit]), this.#source.form);
    const { node, missing } = locate(root, path);
    return missing.length === 0 && node?.kind === 'scalar' && node.value === value;
  }
}
