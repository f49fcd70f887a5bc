import type { TextRange } from './manifestNode.ts';
import type { SyntaxScalar } from './syntaxTree.ts';

/** For each unit of a decoded text where its characters in the source begin and end. */
class SourceMap {
  text = '';
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  add(decoded: string, start: number, end: number): void {
    for (let unit = 0; unit < decoded.length; unit++) {
      this.starts.push(start);
      this.ends.push(end);
    }
    this.text += decoded;
  }

  /** Source characters that stand for themselves. */
  copy(source: string, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      this.starts.push(at);
      this.ends.push(at + 1);
    }
    this.text += source.slice(start, end);
  }
}

const cache = new WeakMap<SyntaxScalar, SourceMap | null>();

/**
 * The source characters of [from, to) of a decoded string scalar, mapped back through quotes, escapes, folded lines and
 * block indentation. undefined if they cannot be told exactly.
 */
export function spanOf(source: string, scalar: SyntaxScalar, from: number, to: number): TextRange | undefined {
  let map = cache.get(scalar);
  if (map === undefined) {
    const decoded = decode(source, scalar);
    map = decoded.text === scalar.value ? decoded : null;
    cache.set(scalar, map);
  }
  if (map === null || from < 0 || to < from || to > map.text.length) return undefined;
  const last = map.ends[to - 1];
  if (from === to) {
    const at = map.starts[from] ?? last;
    return at === undefined ? undefined : { start: at, end: at };
  }
  const start = map.starts[from];
  return start === undefined || last === undefined ? undefined : { start, end: last };
}

function decode(source: string, scalar: SyntaxScalar): SourceMap {
  const map = new SourceMap();
  switch (scalar.style) {
    case 'plain':
      decodeFlow(source, scalar.start, scalar.end, map, copyUnit);
      break;
    case 'single':
      decodeFlow(source, scalar.start + 1, scalar.end - 1, map, singleQuotedUnit);
      break;
    case 'double':
      decodeFlow(source, scalar.start + 1, scalar.end - 1, map, doubleQuotedUnit);
      break;
    case 'literal':
    case 'folded':
      decodeBlock(source, scalar, map);
      break;
  }
  return map;
}

/** Decodes what stands at `at` on a line and returns the offset after it. */
type Unit = (source: string, at: number, map: SourceMap) => number;

const copyUnit: Unit = (source, at, map) => {
  map.copy(source, at, at + 1);
  return at + 1;
};

const singleQuotedUnit: Unit = (source, at, map) => {
  if (source.startsWith("''", at)) {
    map.add("'", at, at + 2);
    return at + 2;
  }
  return copyUnit(source, at, map);
};

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const hexLength: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const doubleQuotedUnit: Unit = (source, at, map) => {
  if (source.charAt(at) !== '\\') return copyUnit(source, at, map);
  const letter = source.charAt(at + 1);
  const digits = hexLength[letter];
  if (digits === undefined) {
    map.add(escapes[letter] ?? '', at, at + 2);
    return at + 2;
  }
  const end = at + 2 + digits;
  const codePoint = Number.parseInt(source.slice(at + 2, end), 16);
  map.add(codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '', at, end);
  return end;
};

/** Plain and quoted scalars: a line break is a space, each empty line after it a line break (YAML 1.2, 6.5). */
function decodeFlow(source: string, start: number, end: number, map: SourceMap, unit: Unit): void {
  let at = start;
  while (at < end) {
    const blank = blankRun(source, at, end);
    if (blank.breaks > 0) {
      const folded = blank.breaks === 1 ? ' ' : '\n'.repeat(blank.breaks - 1);
      map.add(folded, at, blank.end);
      at = blank.end;
    } else if (blank.end > at) {
      map.copy(source, at, blank.end);
      at = blank.end;
    } else if (unit === doubleQuotedUnit && /^\\(?:\r?\n)/.test(source.slice(at, at + 3))) {
      // An escaped line break joins the lines; empty lines after it are kept as line breaks.
      const after = blankRun(source, at + 1, end);
      map.add('\n'.repeat(after.breaks - 1), at, after.end);
      at = after.end;
    } else at = unit(source, at, map);
  }
}

function blankRun(source: string, start: number, end: number): { readonly end: number; readonly breaks: number } {
  let at = start;
  let breaks = 0;
  for (; at < end; at++) {
    const unit = source.charCodeAt(at);
    if (unit === 10) breaks++;
    else if (unit !== 32 && unit !== 9 && !(unit === 13 && source.charCodeAt(at + 1) === 10)) break;
  }
  return { end: at, breaks };
}

interface BlockLine {
  readonly start: number;
  readonly end: number;
}

/** Literal and folded scalars (YAML 1.2, 8.1). */
function decodeBlock(source: string, scalar: SyntaxScalar, map: SourceMap): void {
  const header = /^[|>]([-+0-9]*)/.exec(source.slice(scalar.start, scalar.start + 4))?.[1] ?? '';
  const first = source.indexOf('\n', scalar.start) + 1;
  if (first === 0 || typeof scalar.value !== 'string') return;
  const lines = blockLines(source, first, scalar.end);
  const content = lines.find((line) => source.slice(line.start, line.end).trim() !== '');
  const firstLine = content === undefined ? '' : source.slice(content.start, content.end);
  const leading = firstLine.length - firstLine.trimStart().length;
  const firstText = scalar.value.split('\n').find((line) => line.trim() !== '') ?? '';
  // With an indentation indicator the content may begin with spaces of its own.
  const indent = leading - (/[1-9]/.test(header) ? firstText.length - firstText.trimStart().length : 0);
  const stripped = lines.map(({ start, end }) => ({ start: Math.min(start + indent, end), end }));
  if (scalar.style === 'literal') joinLiteral(source, stripped, map);
  else joinFolded(source, stripped, map);
  // Line breaks that are kept at the end, and lines of nothing but blanks, stand after the range of the scalar.
  if (scalar.value.startsWith(map.text)) map.add(scalar.value.slice(map.text.length), scalar.end, scalar.end);
}

function blockLines(source: string, first: number, end: number): BlockLine[] {
  const lines: BlockLine[] = [];
  for (let start = first; start <= end; ) {
    const found = source.indexOf('\n', start);
    const lineBreak = found < 0 || found > end ? end : found;
    const hasReturn = lineBreak > start && lineBreak < source.length && source.charCodeAt(lineBreak - 1) === 13;
    lines.push({ start, end: hasReturn ? lineBreak - 1 : lineBreak });
    start = lineBreak + 1;
  }
  return lines;
}

function joinLiteral(source: string, lines: readonly BlockLine[], map: SourceMap): void {
  for (const [index, line] of lines.entries()) {
    map.copy(source, line.start, line.end);
    if (index < lines.length - 1) map.add('\n', line.end, line.end + 1);
  }
}

function joinFolded(source: string, lines: readonly BlockLine[], map: SourceMap): void {
  let previousFolds = false;
  let seenText = false;
  let breaks: number[] = [];
  for (const line of lines) {
    const text = source.slice(line.start, line.end);
    if (text === '') {
      breaks.push(line.end);
      continue;
    }
    const folds = !/^[ \t]/.test(text);
    if (!seenText) for (const at of breaks) map.add('\n', at, at + 1);
    else if (!previousFolds || !folds) for (const at of [line.start - 1, ...breaks]) map.add('\n', at, at + 1);
    else if (breaks.length === 0) map.add(' ', line.start - 1, line.start);
    else for (const at of breaks) map.add('\n', at, at + 1);
    breaks = [];
    seenText = true;
    previousFolds = folds;
    map.copy(source, line.start, line.end);
  }
}
