import type { PositionRange } from '../../manifest/index.ts';
import { terminalWidth, visible } from './terminalText.ts';

/** A source line and, below it, the spaces and carets that mark a part of it. */
export interface Excerpt {
  readonly source: string;
  /** Spaces (or tabs, where the source has them) up to the marked part. */
  readonly padding: string;
  readonly carets: string;
}

/** Longer lines (JSON on one line, certificates) are cut to about this many characters around the marked part. */
const longestExcerpt = 120;

/** Marks what `range` covers of its first line. */
export function excerptOf(sourceLine: string, range: PositionRange): Excerpt {
  const start = Math.min(range.start.character, sourceLine.length);
  const isOneLine = range.end.line === range.start.line;
  const end = Math.max(start, Math.min(isOneLine ? range.end.character : sourceLine.length, sourceLine.length));

  const from =
    sourceLine.length <= longestExcerpt ? 0 : wholeCharacter(sourceLine, Math.max(0, start - longestExcerpt / 3));
  const to =
    sourceLine.length <= longestExcerpt ? sourceLine.length : wholeCharacter(sourceLine, from + longestExcerpt);
  const before = (from > 0 ? '…' : '') + visible(sourceLine.slice(from, start));
  const marked = visible(sourceLine.slice(start, Math.min(end, to)).trimEnd());
  const after = visible(sourceLine.slice(Math.min(end, to), to)) + (to < sourceLine.length ? '…' : '');
  const markedSource = visible(sourceLine.slice(start, Math.min(end, to)));
  return {
    source: `${before}${markedSource}${after}`.trimEnd(),
    padding: before
      .split('\t')
      .map((part) => ' '.repeat(terminalWidth(part)))
      .join('\t'),
    carets: '^'.repeat(Math.max(1, terminalWidth(marked))),
  };
}

/** The nearest offset at or before `offset` that does not part a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const whole = Math.floor(offset);
  const code = text.charCodeAt(whole);
  return code >= 0xdc00 && code <= 0xdfff ? whole - 1 : whole;
}
