const BYTE_ORDER_MARK = '\uFEFF';

/** Offset of the first character of the line that `offset` is on; a byte order mark belongs to no line. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith(BYTE_ORDER_MARK) ? Math.min(1, offset) : start;
}

/** Offset of the line break (`\r\n` or `\n`) that ends the line `offset` is on, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset of the first character of the next line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** Offset where the line break before the line starting at `start` begins; `start` itself for the first line. */
export function previousLineEnd(text: string, start: number): number {
  if (start === 0 || text[start - 1] !== '\n') return start;
  return start > 1 && text[start - 2] === '\r' ? start - 2 : start - 1;
}

/** Distance of `offset` from the start of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Nothing but spaces and tabs stands before `offset` on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return isBlank(text.slice(lineStart(text, offset), offset));
}

/** Number of spaces the line that `offset` is on begins with. */
export function indentOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ') end++;
  return end - start;
}

/** Offset of the first character at or after `offset` that is neither space nor tab. */
export function skipBlanks(text: string, offset: number): number {
  let end = offset;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
}

/** Offset after the last character before `offset` that is neither space nor tab. */
export function skipBlanksBack(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}

export function isBlank(text: string): boolean {
  return /^[ \t\r]*$/.test(text);
}
