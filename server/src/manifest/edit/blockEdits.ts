import type { TextEdit } from '../fix.ts';
import type { SyntaxList, SyntaxMap } from '../syntaxTree.ts';
import {
  blockScalarHeader,
  countOf,
  type EditSource,
  type Entry,
  entryLineEnd,
  entryStart,
  headerEnd,
  isBlockCollection,
  isBlockScalar,
  lastLeaf,
  valueIn,
} from './editSource.ts';
import {
  columnOf,
  indentOf,
  isBlank,
  isFirstOnLine,
  lineEnd,
  lineStart,
  nextLine,
  previousLineEnd,
  skipBlanks,
} from './sourceLines.ts';
import { BLOCK_SITE, writeScalar } from './writeScalar.ts';
import { type BlockStyle, type Fragment, type HeaderSite, layOut } from './writeValue.ts';

// Edits in block style: maps of `key: value` lines, lists of `- item` lines.

/** Adds a pair behind the last one of a block map; comment lines stand above it. */
export function appendPair(
  source: EditSource,
  map: SyntaxMap,
  key: string,
  fragment: Fragment,
  comments: readonly string[],
  style: BlockStyle,
): TextEdit {
  const column = columnOf(source.text, map.start);
  const pad = ' '.repeat(column);
  const laidOut = layOut(fragment, { column }, style);
  const header = `${pad}${writeScalar(key, BLOCK_SITE)}:${laidOut.rest}`;
  const lines = [...comments.map((comment) => pad + comment), header, ...laidOut.lines];
  return linesAfter(source, entryLineEnd(source, { container: map, index: map.pairs.length - 1 }), lines);
}

/** Puts an item before the one at `index` of a block list that has at least one item; `index` = length appends. */
export function insertBlockItem(
  source: EditSource,
  list: SyntaxList,
  index: number,
  fragment: Fragment,
  comments: readonly string[],
  style: BlockStyle,
): TextEdit {
  const { text } = source;
  const column = columnOf(text, list.start);
  const pad = ' '.repeat(column);
  const dash = dashWidth(source, { container: list, index: Math.max(0, index - 1) });
  const laidOut = layOut(fragment, { column, dash }, style);
  const lines = [...comments.map((comment) => pad + comment), `${pad}-${laidOut.rest}`, ...laidOut.lines];
  if (index > 0) return linesAfter(source, entryLineEnd(source, { container: list, index: index - 1 }), lines);
  if (!isFirstOnLine(text, list.start)) {
    // `- - item`: the dash shares its line with another one.
    const inserted = lines.join(source.lineEnding).slice(column) + source.lineEnding + pad;
    return { start: list.start, end: list.start, text: inserted };
  }
  const start = commentsAbove(source, list.start);
  return { start, end: start, text: lines.map((line) => line + source.lineEnding).join('') };
}

/** Columns from the dash of an item to its content: as the item has it, else 2. */
function dashWidth(source: EditSource, entry: Entry): number {
  const dash = entryStart(entry);
  const value = valueIn(entry);
  const sameLine = value.propertiesStart < lineEnd(source.text, dash);
  return sameLine && value.end > value.start ? value.propertiesStart - dash : 2;
}

function headerSite(source: EditSource, entry: Entry): HeaderSite {
  const column = columnOf(source.text, entry.container.start);
  return entry.container.kind === 'map' ? { column } : { column, dash: dashWidth(source, entry) };
}

/** Inserts whole lines behind the line that ends at `end`, which may be the end of a text without a final line break. */
function linesAfter(source: EditSource, end: number, lines: readonly string[]): TextEdit {
  const { text, lineEnding } = source;
  // A block scalar counts its last line break as content, so it cannot end where a file lacks one.
  const needsBreak = end === text.length && endsInBlockScalar(lines);
  return { start: end, end, text: lineEnding + lines.join(lineEnding) + (needsBreak ? lineEnding : '') };
}

function endsInBlockScalar(lines: readonly string[]): boolean {
  const header = lines.findLastIndex((line) => /(?:^|[:-] )[|>]\d?$/.test(line));
  if (header === -1) return false;
  const column = (line: string): number => line.length - line.trimStart().length;
  return lines.slice(header + 1).every((line) => line === '' || column(line) > column(lines[header] ?? ''));
}

/** Gives a pair or item another value; the anchor and a comment behind it stay, a tag goes. */
export function replaceBlockValue(source: EditSource, entry: Entry, fragment: Fragment, style: BlockStyle): TextEdit {
  const node = valueIn(entry);
  const head = headerEnd(entry);
  const anchor = node.anchor === undefined ? '' : `&${node.anchor}`;
  const inline = [anchor, fragment.inline].filter((part) => part !== '').join(' ');
  if (fragment.body.length === 0 && !isBlockCollection(node) && !isBlockScalar(node) && node.end > node.start) {
    return { start: node.propertiesStart, end: node.end, text: inline + fragment.comment };
  }
  const kept = keptTail(source, entry, head);
  const comment = fragment.comment + (isBlank(kept.tail) ? '' : kept.tail);
  const laidOut = layOut({ ...fragment, inline, comment }, headerSite(source, entry), style);
  return { start: head, end: kept.end, text: [laidOut.rest, ...laidOut.lines].join(source.lineEnding) };
}

/** What stays of a value's lines when its content goes: the comment on its header's line; and where the content ends. */
function keptTail(source: EditSource, entry: Entry, head: number): { readonly tail: string; readonly end: number } {
  const { text } = source;
  const node = valueIn(entry);
  const headLineEnd = lineEnd(text, head);
  const end = lineEnd(text, Math.max(node.end, head));
  if (node.start > headLineEnd) {
    const properties = /^(?:[ \t]+[&!]\S*)*/.exec(text.slice(head, headLineEnd))?.[0] ?? '';
    return { tail: text.slice(head + properties.length, headLineEnd), end };
  }
  if (isBlockCollection(node)) return { tail: '', end };
  if (isBlockScalar(node)) {
    return { tail: text.slice(node.start + blockScalarHeader(text, node).length, headLineEnd), end };
  }
  return { tail: text.slice(Math.max(node.end, head), end), end };
}

/** Deletes a pair or item of a block collection that has others beside it. */
export function deleteBlockEntry(source: EditSource, entry: Entry): TextEdit {
  const { text } = source;
  const start = entryStart(entry);
  if (isFirstOnLine(text, start)) {
    return deleteLines(source, ownCommentsStart(source, entry), entryLineEnd(source, entry), entry);
  }
  // The first entry shares its line with a dash: what comes next moves up behind the dash.
  const next = entryStart({ container: entry.container, index: entry.index + 1 });
  const from = entryLineEnd(source, entry);
  const comment = source.comments.find(({ start: at }) => at >= from && at < next && isFirstOnLine(text, at));
  return { start, end: comment?.start ?? next, text: '' };
}

/** Deletes the lines from the one starting at `start` to the one ending at `end`. */
function deleteLines(source: EditSource, start: number, end: number, entry: Entry): TextEdit {
  const { text } = source;
  const next = nextLine(text, end);
  if (next > end) return { start, end: next, text: '' };
  // No line break at the end of the file: none is left there either, unless a block scalar counts it as content.
  const { container, index } = entry;
  const previous = index > 0 ? lastLeaf(valueIn({ container, index: index - 1 })) : undefined;
  const keepsBreak =
    previous !== undefined && isBlockScalar(previous) && !blockScalarHeader(text, previous).includes('-');
  return { start: keepsBreak ? start : previousLineEnd(text, start), end, text: '' };
}

/** Start of the line of a pair or item, or of the comment lines above that clearly belong to it. */
export function ownCommentsStart(source: EditSource, entry: Entry): number {
  const { text } = source;
  const start = entryStart(entry);
  const line = lineStart(text, start);
  const above = commentsAbove(source, start);
  if (above === line || isHeadOfDocument(source, entry)) return line;
  return isParagraph(source, entry) || mentions(text.slice(above, line), nameOf(source, entry)) ? above : line;
}

/** Start of the first of the comment lines that stand directly above `start`, in its column; else of its own line. */
function commentsAbove(source: EditSource, start: number): number {
  const { text } = source;
  const column = columnOf(text, start);
  let top = lineStart(text, start);
  while (top > 0) {
    const previous = lineStart(text, previousLineEnd(text, top));
    if (previous === top || indentOf(text, previous) !== column || text[previous + column] !== '#') break;
    top = previous;
  }
  return top;
}

/** A comment above the first key of a document speaks of the document. */
function isHeadOfDocument(source: EditSource, entry: Entry): boolean {
  return entry.container === source.root && entry.index === 0;
}

/** Nothing follows directly, so that comment and entry are a paragraph of their own. */
function isParagraph(source: EditSource, entry: Entry): boolean {
  if (entry.index === countOf(entry.container) - 1) return true;
  const { text } = source;
  const next = nextLine(text, entryLineEnd(source, entry));
  const line = text.slice(next, lineEnd(text, next)).trimStart();
  return line === '' || line.startsWith('#');
}

function nameOf(source: EditSource, entry: Entry): string {
  if (entry.container.kind === 'map') return entry.container.pairs[entry.index]?.key ?? '';
  const value = valueIn(entry);
  return value.kind === 'scalar' ? source.text.slice(value.start, value.end) : '';
}

function mentions(comment: string, name: string): boolean {
  return name.length > 1 && comment.includes(name);
}

/** A pair or item as a fragment that can be put elsewhere, with the comment lines above that belong to it. */
export function detach(source: EditSource, entry: Entry): { comments: readonly string[]; fragment: Fragment } {
  const { text } = source;
  const column = columnOf(text, entry.container.start);
  const start = entryStart(entry);
  const commentLines = isFirstOnLine(text, start)
    ? linesOf(text.slice(ownCommentsStart(source, entry), lineStart(text, start)))
    : [];
  return {
    comments: commentLines.map((line) => line.trim()).filter((line) => line !== ''),
    fragment: detachValue(source, entry, column),
  };
}

function detachValue(source: EditSource, entry: Entry, column: number): Fragment {
  const { text } = source;
  const node = valueIn(entry);
  const head = headerEnd(entry);
  const headLineEnd = lineEnd(text, head);
  const end = entryLineEnd(source, entry);
  const kind = isBlockCollection(node) ? node.kind : 'scalar';
  const base = isBlockCollection(node) ? columnOf(text, node.start) : column;
  const below = (from: number): string[] => linesOf(text.slice(from, end)).map((line) => dedented(line, base));
  if (node.start > headLineEnd) {
    const properties = /^(?:[ \t]+[&!]\S*)*/.exec(text.slice(head, headLineEnd))?.[0] ?? '';
    const comment = text.slice(head + properties.length, headLineEnd);
    const first = nextLine(text, headLineEnd);
    return { kind, inline: properties.trim(), comment: isBlank(comment) ? '' : comment, body: below(first) };
  }
  if (isBlockCollection(node)) {
    const [first = '', ...others] = linesOf(text.slice(node.start, end));
    return { kind, inline: '', comment: '', body: [first, ...others.map((line) => dedented(line, base))] };
  }
  const contentEnd = isBlockScalar(node)
    ? node.start + blockScalarHeader(text, node).length
    : Math.min(node.end, headLineEnd);
  const comment = text.slice(contentEnd, headLineEnd);
  return {
    kind,
    inline: text.slice(skipBlanks(text, head), contentEnd),
    comment: isBlank(comment) ? '' : comment,
    body: end > headLineEnd ? below(nextLine(text, headLineEnd)) : [],
  };
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function dedented(line: string, columns: number): string {
  let spaces = 0;
  while (spaces < columns && line[spaces] === ' ') spaces++;
  return line.slice(spaces);
}
