import type { TextEdit } from '../fix.ts';
import {
  type Container,
  countOf,
  type EditSource,
  type Entry,
  entryEnd,
  entryStart,
  hasComment,
  headerEnd,
  valueIn,
} from './editSource.ts';
import { indentOf, isBlank, isFirstOnLine, lineEnd, lineStart, nextLine } from './sourceLines.ts';
import { quoteOf, type ScalarSite } from './writeScalar.ts';
import { type FlowStyle, type FlowValue, flowKey, writeFlow } from './writeValue.ts';

// Edits inside braces and brackets, of YAML and of JSON.

/** How flow collections are written at a place: as the containers around it do it, innermost first. */
export function flowStyleAt(source: EditSource, trail: readonly Entry[], container?: Container): FlowStyle {
  const around = trail.map((entry) => entry.container).reverse();
  const places = (container === undefined ? around : [container, ...around]).filter((place) => place.flow);
  const filled = places.filter((place) => countOf(place) > 0);
  const { text } = source;
  const json = source.form === 'json' || filled.some((place) => hasJsonKeys(text, place));
  const colons = filled.flatMap((place) => (place.kind === 'map' ? place.pairs.slice(0, 1) : []));
  const tight = json && colons.some((pair) => pair.colon !== -1 && /\S/.test(text[pair.colon + 1] ?? ' '));
  const spread = json ? filled.find((place) => isSpread(text, place)) : undefined;
  const padded = filled.some((place) => text[place.start + 1] === ' ' && !isSpread(text, place));
  return {
    json,
    colon: tight ? ':' : ': ',
    comma: tight ? ',' : ', ',
    padding: padded ? ' ' : '',
    spread: spread === undefined ? undefined : spreadIndent(text, spread),
  };
}

function hasJsonKeys(text: string, container: Container): boolean {
  return container.kind === 'map' && container.pairs.every((pair) => text[pair.keyStart] === '"');
}

/** The entries stand on lines of their own. */
function isSpread(text: string, container: Container): boolean {
  return countOf(container) > 0 && isFirstOnLine(text, entryStart({ container, index: 0 }));
}

function spreadIndent(text: string, container: Container): number {
  const columns = indentOf(text, entryStart({ container, index: 0 })) - indentOf(text, container.start);
  return columns > 0 ? columns : 2;
}

/** Text that knows the column of the line it begins on. */
export type FlowText = (column: number) => string;

export function flowPair(source: EditSource, key: string, value: FlowValue, style: FlowStyle): FlowText {
  return (column) => flowKey(key, style) + style.colon + writeFlow(value, style, column, source.lineEnding);
}

export function flowItem(source: EditSource, list: Container, value: FlowValue, style: FlowStyle): FlowText {
  return (column) => writeFlow(value, style, column, source.lineEnding, quoteOfItems(list));
}

/** The quotes that the strings of a list are written in, if they all are. */
export function quoteOfItems(list: Container): ScalarSite['quote'] {
  if (list.kind !== 'list') return 'plain';
  const quotes = list.items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [quoteOf(item.style)] : [],
  );
  const [first = 'plain'] = quotes;
  return quotes.every((quote) => quote === first) ? first : 'plain';
}

/** Puts a pair or item before the one at `index` of a flow collection; `index` = its length appends. */
export function insertFlowEntry(
  source: EditSource,
  container: Container,
  index: number,
  entry: FlowText,
  style: FlowStyle,
): TextEdit[] {
  const { text, lineEnding } = source;
  const count = countOf(container);
  if (count === 0) return [fillFlow(source, container, entry, style)];
  if (index < count) {
    const start = entryStart({ container, index });
    const column = indentOf(text, start);
    const separator = isFirstOnLine(text, start) ? `,${lineEnding}${' '.repeat(column)}` : style.comma;
    return [{ start, end: start, text: entry(column) + separator }];
  }
  const last: Entry = { container, index: count - 1 };
  const column = indentOf(text, entryStart(last));
  const end = entryEnd(last);
  if (!isFirstOnLine(text, entryStart(last))) {
    return [{ start: end, end, text: style.comma + entry(column) }];
  }
  const comma = commaAfter(source, end);
  const line = lineEnding + ' '.repeat(column) + entry(column);
  const after = comma === undefined ? end : comma + 1;
  // Behind a comment on the last entry's line, unless the closing bracket stands there.
  const at = restIsComment(source, after) ? lineEnd(text, after) : after;
  if (comma !== undefined) return [{ start: at, end: at, text: `${line},` }];
  if (at === end) return [{ start: end, end, text: `,${line}` }];
  return [
    { start: end, end, text: ',' },
    { start: at, end: at, text: line },
  ];
}

function fillFlow(source: EditSource, container: Container, entry: FlowText, style: FlowStyle): TextEdit {
  const { text, lineEnding } = source;
  const inside = container.start + 1;
  const closing = container.end - 1;
  const hasText = !/^\s*$/.test(text.slice(inside, closing));
  const end = hasText ? inside : closing;
  const column = indentOf(text, container.start);
  if (style.spread === undefined || hasText) {
    const written = style.padding + entry(column) + (hasText ? ' ' : style.padding);
    return { start: inside, end, text: written };
  }
  const inner = column + style.spread;
  const line = `${lineEnding}${' '.repeat(inner)}${entry(inner)}`;
  return { start: inside, end, text: `${line}${lineEnding}${' '.repeat(column)}` };
}

/** Deletes a pair or item, and one comma, of a flow collection that has others beside it. */
export function deleteFlowEntry(source: EditSource, entry: Entry): TextEdit[] {
  const { text } = source;
  const { container, index } = entry;
  const start = entryStart(entry);
  const end = entryEnd(entry);
  const comma = commaAfter(source, end);
  const previousEnd = index > 0 ? entryEnd({ container, index: index - 1 }) : container.start + 1;
  const isLast = index === countOf(container) - 1;
  const after = comma === undefined ? end : comma + 1;
  if (isFirstOnLine(text, start) && restIsComment(source, after)) {
    const line: TextEdit = { start: lineStart(text, start), end: nextLine(text, after), text: '' };
    const commaBefore = isLast && comma === undefined ? commaAfter(source, previousEnd) : undefined;
    return commaBefore === undefined ? [line] : [{ start: commaBefore, end: commaBefore + 1, text: '' }, line];
  }
  if (index > 0 && !hasComment(source, previousEnd, start)) return [{ start: previousEnd, end, text: '' }];
  if (!isLast) {
    const next = entryStart({ container, index: index + 1 });
    return [{ start, end: hasComment(source, end, next) ? after : next, text: '' }];
  }
  const commaBefore = comma === undefined ? commaAfter(source, previousEnd) : undefined;
  const own: TextEdit = { start, end: after, text: '' };
  return commaBefore === undefined ? [own] : [{ start: commaBefore, end: commaBefore + 1, text: '' }, own];
}

/** Gives a pair or item of a flow collection another value; an anchor stays, a tag goes. */
export function replaceFlowValue(source: EditSource, entry: Entry, value: FlowText): TextEdit {
  const node = valueIn(entry);
  const anchor = node.anchor === undefined ? '' : `&${node.anchor} `;
  const written = anchor + value(indentOf(source.text, entryStart(entry)));
  if (node.end > node.start) return { start: node.propertiesStart, end: node.end, text: written };
  const head = headerEnd(entry);
  const { container, index } = entry;
  const hasColon = container.kind === 'list' || container.pairs[index]?.colon !== -1;
  return { start: head, end: Math.max(head, node.end), text: `${hasColon ? '' : ':'} ${written}` };
}

/** Offset of the comma between `offset` and the next entry or closing bracket. */
function commaAfter(source: EditSource, offset: number): number | undefined {
  const { text } = source;
  let at = offset;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    const comment = source.comments.find(({ start }) => start === at);
    if (comment === undefined) return text[at] === ',' ? at : undefined;
    at = comment.end;
  }
}

/** Nothing but a comment stands between `offset` and the end of its line. */
function restIsComment(source: EditSource, offset: number): boolean {
  const { text } = source;
  const end = lineEnd(text, offset);
  const comment = source.comments.find(({ start }) => start >= offset && start < end);
  return end < text.length && isBlank(text.slice(offset, comment?.start ?? end));
}
