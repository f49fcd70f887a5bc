/** A literal or folded text as it stands in the source. */
export interface BlockScalar {
  readonly style: 'literal' | 'folded';
  readonly value: string;
  /** After the last line with content, its line break not included. */
  readonly end: number;
  /** Start of the first line that is no longer part of it. */
  readonly next: number;
  /** Where the comment after the header begins. */
  readonly comment: number | undefined;
}

const space = 32;

/**
 * Reads the block scalar whose `|` or `>` is at `start`, within a collection at column `parent` (YAML 1.2, 8.1).
 *
 * @returns undefined for what is not claimed: an indentation indicator, no content, odd blanks, folded lines that are
 *   indented further
 */
export function blockScalarAt(text: string, start: number, parent: number): BlockScalar | undefined {
  const style = text.charAt(start) === '|' ? 'literal' : 'folded';
  let at = start + 1;
  const sign = text.charAt(at);
  const chomping = sign === '-' || sign === '+' ? sign : '';
  if (chomping !== '') at++;
  const afterHeader = at;
  while (text.charCodeAt(at) === space) at++;
  const comment = text.charAt(at) === '#' && at > afterHeader ? at : undefined;
  const headerEnd = text.indexOf('\n', at);
  if (headerEnd < 0) return undefined;
  if (comment === undefined && at !== headerEnd && text.charAt(at) !== '\r') return undefined;

  let indent = -1;
  let end = start;
  let breaks = 0;
  let longestBlank = 0;
  let lineStart = headerEnd + 1;
  const parts: string[] = [];
  while (lineStart < text.length) {
    let first = lineStart;
    while (text.charCodeAt(first) === space) first++;
    const found = text.indexOf('\n', first);
    const lineBreak = found < 0 ? text.length : found;
    const lineEnd = found > 0 && text.charCodeAt(found - 1) === 13 ? found - 1 : lineBreak;
    if (first >= lineEnd) {
      longestBlank = Math.max(longestBlank, first - lineStart);
      if (indent >= 0 && longestBlank > indent) return undefined;
      if (found >= 0) breaks++;
    } else {
      const column = first - lineStart;
      if (text.charCodeAt(first) === 9) return undefined;
      if (indent < 0) {
        if (column <= parent || longestBlank > column) return undefined;
        indent = column;
      } else if (column < indent) break;
      if (style === 'folded' && column > indent) return undefined;
      const line = text.slice(lineStart + indent, lineEnd);
      if (line.trim() === '') return undefined;
      if (parts.length === 0 || style === 'literal' || breaks > 1) {
        const kept = parts.length === 0 || style === 'literal' ? breaks : breaks - 1;
        parts.push('\n'.repeat(kept));
      } else parts.push(' ');
      parts.push(line);
      breaks = found < 0 ? 0 : 1;
      end = lineEnd;
    }
    lineStart = found < 0 ? text.length : found + 1;
  }
  if (indent < 0) return undefined;
  let value = parts.join('');
  // A last line without a line break is given one (apimachinery, pkg/util/yaml/decoder.go, LineReader).
  if (chomping === '+') value += '\n'.repeat(Math.max(breaks, 1));
  else if (chomping === '') value += '\n';
  return { style, value, end, next: lineStart, comment };
}
