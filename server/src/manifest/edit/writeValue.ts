import { type FixValue, RandomBytes, type ValueSource } from '../fix.ts';
import { BLOCK_SITE, doubleQuoted, hasSpecialCharacters, type ScalarSite, writeScalar } from './writeScalar.ts';

/** A {@link FixValue} with its random bytes filled in. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** How a file writes its blocks. */
export interface BlockStyle {
  /** Columns from a key to the keys of the map under it. */
  readonly indent: number;
  /** Columns from a key to the dashes of the list under it; 0 for flush lists. */
  readonly listIndent: number;
}

/** How a flow collection is written: on one line, or spread over lines as `JSON.stringify` does. */
export interface FlowStyle {
  /** Keys and strings in double quotes, so that it is JSON. */
  readonly json: boolean;
  readonly colon: ':' | ': ';
  readonly comma: ',' | ', ';
  /** Inside braces and brackets of one line: `{ a: 1 }` has ' ', `{a: 1}` ''. */
  readonly padding: '' | ' ';
  /** Columns per level when spread over lines; undefined keeps all on one line. */
  readonly spread: number | undefined;
}

/**
 * A value laid out in block style, not yet anywhere: what follows the `key:` or `-`, and the lines below.
 * The lines of a map or list have their keys or dashes in column 0; those of a scalar (block scalar, multi-line flow
 * collection or quoted text) are indented relative to the key or dash they belong to.
 */
export interface Fragment {
  readonly kind: 'scalar' | 'map' | 'list';
  /** An anchor, the text of a one-line value or the header of a block scalar; '' if the value begins on the next line. */
  readonly inline: string;
  /** The comment after {@link inline} with the blanks before it, or ''. */
  readonly comment: string;
  readonly body: readonly string[];
}

/** A fragment placed behind a header: the rest of the header's line, and complete lines below. */
export interface LaidOut {
  readonly rest: string;
  readonly lines: readonly string[];
}

export function fillIn(value: FixValue, values: ValueSource): PlainValue {
  if (value instanceof RandomBytes) return values.randomBytes(value.count);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => fillIn(item, values));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, values)]));
}

export function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}

export function isMap(value: PlainValue): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Lays out a value in block style; empty collections and scalars stay on the line of their key. */
export function writeBlock(value: PlainValue, style: BlockStyle, site: ScalarSite = BLOCK_SITE): Fragment {
  if (isList(value)) {
    if (value.length === 0) return inlineFragment('[]');
    const body = value.flatMap((item) => itemFragment(writeBlock(item, style), [], style).body);
    return { kind: 'list', inline: '', comment: '', body };
  }
  if (isMap(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return inlineFragment('{}');
    const body = entries.flatMap(([key, item]) => pairFragment(key, writeBlock(item, style), [], style).body);
    return { kind: 'map', inline: '', comment: '', body };
  }
  if (typeof value === 'string' && canBeLiteral(value)) return literal(value, style.indent);
  return inlineFragment(writeScalar(value, site));
}

export function inlineFragment(inline: string): Fragment {
  return { kind: 'scalar', inline, comment: '', body: [] };
}

function block(header: string, laidOut: LaidOut): string[] {
  return [header + laidOut.rest, ...laidOut.lines];
}

/** The header that a fragment goes behind: a key in `column`, or a dash in `column` with its content `dash` further. */
export interface HeaderSite {
  readonly column: number;
  readonly dash?: number;
}

export function layOut(fragment: Fragment, site: HeaderSite, style: BlockStyle): LaidOut {
  const inline = fragment.inline === '' ? '' : ` ${fragment.inline}`;
  const rest = inline + fragment.comment;
  if (site.dash !== undefined && fragment.kind !== 'scalar' && rest === '') {
    // The first pair or item goes on the line of the dash.
    const [first = '', ...others] = fragment.body;
    return { rest: ' '.repeat(site.dash - 1) + first, lines: indented(others, site.column + site.dash) };
  }
  return { rest, lines: indented(fragment.body, bodyColumn(fragment.kind, site, style)) };
}

function bodyColumn(kind: Fragment['kind'], site: HeaderSite, style: BlockStyle): number {
  if (kind === 'scalar') return site.column;
  if (site.dash !== undefined) return site.column + site.dash;
  return site.column + (kind === 'map' ? style.indent : style.listIndent);
}

/** Lines moved right by `columns`; empty lines stay empty. */
export function indented(lines: readonly string[], columns: number): string[] {
  const pad = ' '.repeat(columns);
  return lines.map((line) => (line === '' ? '' : pad + line));
}

/**
 * Whether a string reads best as a literal block and can be one: more than one line, nothing that needs an escape, not
 * ending in blank lines (which a literal block could only keep with `|+`, and would then take the file's own after it).
 */
function canBeLiteral(value: string): boolean {
  if (!value.slice(0, -1).includes('\n')) return false;
  if (hasSpecialCharacters(value.replaceAll(/[\n\t]/g, ''))) return false;
  return !/^[ \t]*\n/.test(value) && !/\n[ \t]*$/.test(value.endsWith('\n') ? value.slice(0, -1) : value);
}

function literal(value: string, indent: number): Fragment {
  const keepsBreak = value.endsWith('\n');
  const lines = (keepsBreak ? value.slice(0, -1) : value).split('\n');
  // A first line that begins with a blank would be taken for deeper indentation: say how deep the block is.
  const indicator = /^[ \t]/.test(value) ? String(indent) : '';
  return {
    kind: 'scalar',
    inline: `|${indicator}${keepsBreak ? '' : '-'}`,
    comment: '',
    body: indented(lines, indent),
  };
}

/** A value already written in flow style; its lines after the first are indented relative to the line it begins on. */
export class FlowVerbatim {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    this.lines = lines;
  }
}

export type FlowValue = PlainValue | FlowVerbatim | readonly FlowValue[] | { readonly [key: string]: FlowValue };

/** Writes a value in flow style. `column` is that of the line it begins on; lines are joined by `lineEnding`. */
export function writeFlow(
  value: FlowValue,
  style: FlowStyle,
  column: number,
  lineEnding: string,
  quote: ScalarSite['quote'] = 'plain',
): string {
  if (value instanceof FlowVerbatim) {
    const [first = '', ...others] = value.lines;
    return [first, ...indented(others, column)].join(lineEnding);
  }
  if (value === null || typeof value !== 'object') {
    return writeScalar(value, { flow: true, quote: style.json ? 'double' : quote });
  }
  const inner = column + (style.spread ?? 0);
  const parts = isList<FlowValue>(value)
    ? value.map((item) => writeFlow(item, style, inner, lineEnding))
    : Object.entries(value).map(
        ([key, item]) => flowKey(key, style) + style.colon + writeFlow(item, style, inner, lineEnding),
      );
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (style.spread === undefined) return open + style.padding + parts.join(style.comma) + style.padding + close;
  const pad = lineEnding + ' '.repeat(inner);
  return `${open}${pad}${parts.join(`,${pad}`)}${lineEnding}${' '.repeat(column)}${close}`;
}

export function flowKey(key: string, style: FlowStyle): string {
  return style.json ? doubleQuoted(key) : writeScalar(key, { flow: true, quote: 'plain' });
}

/** A pair as a block map of its own, comment lines above its key. */
export function pairFragment(key: string, value: Fragment, comments: readonly string[], style: BlockStyle): Fragment {
  const header = `${writeScalar(key, BLOCK_SITE)}:`;
  const body = [...comments, ...block(header, layOut(value, { column: 0 }, style))];
  return { kind: 'map', inline: '', comment: '', body };
}

/** An item as a block list of its own, comment lines above its dash. */
export function itemFragment(value: Fragment, comments: readonly string[], style: BlockStyle): Fragment {
  const body = [...comments, ...block('-', layOut(value, { column: 0, dash: 2 }, style))];
  return { kind: 'list', inline: '', comment: '', body };
}
