import type { TextEdit } from '../fix.ts';
import type { ManifestPath } from '../manifestNode.ts';
import { spanOf } from '../scalarSpan.ts';
import type { SyntaxScalar } from '../syntaxTree.ts';
import { type EditSource, type Entry, isInFlow } from './editSource.ts';
import { isSamePath } from './pathShift.ts';
import { indentOf, lineEnd, nextLine } from './sourceLines.ts';
import { escapeDoubleQuoted, hasSpecialCharacters, isPlainSafe } from './writeScalar.ts';

/** Characters [from, to) of a decoded string give way to `text`. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The replacements so far, whose positions all count in the strings as they were at first. */
export class Replacements {
  readonly #done: (Replacement & { readonly path: ManifestPath })[] = [];

  /** How far those before have moved the text behind them; undefined if one of them touches the same characters. */
  add(replacement: Replacement & { readonly path: ManifestPath }): number | undefined {
    const { path, from, to } = replacement;
    let shift = 0;
    for (const other of this.#done) {
      if (!isSamePath(other.path, path)) continue;
      if (from < other.to && other.from < to) return undefined;
      if (other.to <= from) shift += other.text.length - (other.to - other.from);
    }
    this.#done.push(replacement);
    return shift;
  }
}

/**
 * The edit that replaces characters of a string in the way it is written; `value` is the whole string afterwards.
 * undefined if it has to be written anew, in another way: a plain scalar that would change its meaning, a line break in
 * quotes that cannot hold it, characters whose place in the source cannot be told.
 */
export function rewrittenText(
  source: EditSource,
  trail: readonly Entry[],
  scalar: SyntaxScalar,
  { from, to, text }: Replacement,
  value: string,
): TextEdit | undefined {
  const span = spanOf(source.text, scalar, from, to);
  if (span === undefined) return undefined;
  const written = encoded(source, trail, scalar, text, value);
  if (written === undefined) return undefined;
  // A line break of a literal block goes with the indentation of the line after it.
  const endsInBreak = scalar.style === 'literal' && to > from && value[from + text.length] !== undefined;
  const next = endsInBreak ? spanOf(source.text, scalar, to, to) : undefined;
  return { start: span.start, end: next?.start ?? span.end, text: written };
}

function encoded(
  source: EditSource,
  trail: readonly Entry[],
  scalar: SyntaxScalar,
  text: string,
  value: string,
): string | undefined {
  switch (scalar.style) {
    case 'plain':
      // A tag may make any characters a string; without one they must still read as one.
      return isPlainSafe(value, isInFlow(source, trail)) ? text : undefined;
    case 'single':
      return isOneLine(source, scalar) && !hasSpecialCharacters(text) ? text.replaceAll("'", "''") : undefined;
    case 'double':
      return isOneLine(source, scalar) ? escapeDoubleQuoted(text) : undefined;
    case 'literal': {
      if (hasSpecialCharacters(text.replaceAll(/[\n\t]/g, '')) || !keepsFrame(scalar, value)) return undefined;
      const indent = indentOf(source.text, nextLine(source.text, scalar.start));
      return text.replaceAll(/\n(?!\n)/g, `\n${' '.repeat(indent)}`).replaceAll('\n', source.lineEnding);
    }
    case 'folded':
      return /^[^\s]+$/.test(text) && !hasSpecialCharacters(text) ? text : undefined;
  }
}

/** In quotes over several lines blanks at the ends of lines are folded away: no place for arbitrary text. */
function isOneLine(source: EditSource, scalar: SyntaxScalar): boolean {
  return lineEnd(source.text, scalar.start) >= scalar.end;
}

/** The first line and the last line breaks decide the indicators of a block scalar; they must stay as they are. */
function keepsFrame(scalar: SyntaxScalar, value: string): boolean {
  const frame = (text: string): string => `${/^\s*/.exec(text)?.[0].length} ${/\n*$/.exec(text)?.[0].length}`;
  return typeof scalar.value === 'string' && frame(scalar.value) === frame(value);
}
