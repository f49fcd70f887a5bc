import type { FixValue, NewFile, ValueSource } from '../fix.ts';
import { isBlank } from './sourceLines.ts';
import { type BlockStyle, fillIn, type PlainValue, writeBlock, writeFlow } from './writeValue.ts';

/** A document of its own: block style, every line ended. */
export function documentText(value: PlainValue, style: BlockStyle, lineEnding: string): string {
  const { inline, body } = writeBlock(value, style);
  const lines = inline === '' ? body : [inline, ...body];
  return lines.map((line) => line + lineEnding).join('');
}

/**
 * The text of a document with others behind it. Blank lines before the next `---` of the file stay before it, so that the
 * added documents look like the one they follow.
 */
export function withDocuments(
  text: string,
  added: readonly PlainValue[],
  style: BlockStyle,
  lineEnding: string,
  isLast: boolean,
): string {
  const lines = text.split(/(?<=\n)/);
  const blankLines = isLast ? 0 : lines.length - 1 - lines.findLastIndex((line) => !isBlank(line.trimEnd()));
  const tail = blankLines > 0 && blankLines < lines.length ? lines.slice(-blankLines).join('') : '';
  let result = text === '' || text.endsWith('\n') ? text : text + lineEnding;
  let isEmpty = /^[\s\uFEFF]*$/.test(text);
  for (const value of added) {
    result += (isEmpty ? '' : `---${lineEnding}`) + documentText(value, style, lineEnding) + tail;
    isEmpty = false;
  }
  return result;
}

/** A new file: JSON if it is named so, else YAML documents in the style of the file that is being fixed. */
export function newFile(
  path: string,
  documents: readonly FixValue[],
  values: ValueSource,
  style: BlockStyle,
  lineEnding: string,
): NewFile {
  const plain = documents.map((document) => fillIn(document, values));
  if (path.endsWith('.json')) {
    const json = { json: true, colon: ': ', comma: ', ', padding: '', spread: 2 } as const;
    return { path, text: plain.map((value) => writeFlow(value, json, 0, lineEnding) + lineEnding).join('') };
  }
  return {
    path,
    text: plain.map((value) => documentText(value, style, lineEnding)).join(`---${lineEnding}`),
  };
}
