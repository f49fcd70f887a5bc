import type { ManifestComment, TextRange } from '../../manifest/index.ts';

/** What a comment speaks of: its whole document, or the characters of a line or block. */
export type CommentScope = 'document' | TextRange;

/**
 * A comment belongs to the line it ends, or else to the next line with content. If that line opens a block (a key over
 * deeper lines, an item of a list), it speaks of the whole block. A comment of its own line before the first line with
 * content speaks of the whole document. Told by indentation alone, so that it holds in templates and broken documents.
 */
export function commentScope(text: string, comment: ManifestComment): CommentScope {
  if (!comment.ownLine) return blockAt(text, lineStartAt(text, comment.start));
  if (!hasContentBefore(text, comment.start)) return 'document';
  const next = nextContentLine(text, comment.end);
  return next === undefined ? { start: text.length, end: text.length } : blockAt(text, next);
}

/** The line that a comment belongs to, without its block. */
export function commentLine(text: string, comment: ManifestComment): TextRange {
  const start = comment.ownLine ? nextContentLine(text, comment.end) : lineStartAt(text, comment.start);
  return start === undefined ? { start: text.length, end: text.length } : { start, end: lineEndAt(text, start) };
}

/** Whether a line with content (not blank, no comment) starts before an offset. */
export function hasContentBefore(text: string, offset: number): boolean {
  const first = contentLineFrom(text, 0);
  return first !== undefined && first < offset;
}

/** Where the first line with content starts. */
export function contentLineFrom(text: string, lineStart: number): number | undefined {
  for (let start = lineStart; start < text.length; ) {
    const end = lineEndAt(text, start);
    if (isContent(text, start, end)) return start;
    start = end + 1;
  }
  return undefined;
}

function nextContentLine(text: string, offset: number): number | undefined {
  return contentLineFrom(text, lineEndAt(text, offset) + 1);
}

function blockAt(text: string, lineStart: number): TextRange {
  const indent = indentAt(text, lineStart);
  const opensWithItem = isItem(text, indent.end);
  let end = lineEndAt(text, lineStart);
  for (let start = end + 1; start < text.length; ) {
    const lineEnd = lineEndAt(text, start);
    if (isContent(text, start, lineEnd)) {
      const next = indentAt(text, start);
      // The items of a list may stand in the column of their key.
      const belongs =
        next.width > indent.width || (next.width === indent.width && !opensWithItem && isItem(text, next.end));
      if (!belongs) break;
      end = lineEnd;
    }
    start = lineEnd + 1;
  }
  return { start: lineStart, end };
}

function isItem(text: string, offset: number): boolean {
  return text[offset] === '-' && /^-(\s|$)/.test(text.slice(offset, offset + 2));
}

function isContent(text: string, start: number, end: number): boolean {
  const line = text
    .slice(start, end)
    .replace(/^\uFEFF/, '')
    .trim();
  return line !== '' && !line.startsWith('#');
}

function indentAt(text: string, lineStart: number): { readonly width: number; readonly end: number } {
  let end = lineStart;
  while (text[end] === ' ') end++;
  return { width: end - lineStart, end };
}

export function lineStartAt(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line's newline, or the end of the text. */
export function lineEndAt(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline;
}
