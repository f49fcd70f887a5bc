import type { TextEdit } from '../../manifest/index.ts';

const contextLines = 3;

/** Lines [start, end) of the old text, and lines [newStart, newEnd) of the new one that stand in their place. */
interface LineChange {
  readonly start: number;
  readonly end: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * The edits of a text as a unified diff that `patch` and `git apply` take; '' when no line changes. `file` is named
 * as it is, with git's `a/` and `b/` before it. Edits are sorted and do not overlap.
 */
export function unifiedDiff(file: string, oldText: string, edits: readonly TextEdit[]): string {
  const newText = applyEdits(oldText, edits);
  const oldLines = splitLines(oldText);
  const newLines = splitLines(newText);
  const changes = lineChanges(oldText, newText, edits);
  if (changes.length === 0) return '';
  const output = [`--- a/${file}\n`, `+++ b/${file}\n`];
  for (const hunk of hunksOf(changes)) {
    const from = Math.max(0, hunk.start - contextLines);
    const to = Math.min(oldLines.length, hunk.end + contextLines);
    const newFrom = hunk.newStart - (hunk.start - from);
    const newTo = hunk.newEnd + (to - hunk.end);
    output.push(`@@ -${span(from, to)} +${span(newFrom, newTo)} @@\n`);
    let line = from;
    for (const change of hunk.changes) {
      output.push(...marked(' ', oldLines.slice(line, change.start)));
      output.push(...marked('-', oldLines.slice(change.start, change.end)));
      output.push(...marked('+', newLines.slice(change.newStart, change.newEnd)));
      line = change.end;
    }
    output.push(...marked(' ', oldLines.slice(line, to)));
  }
  return output.join('');
}

/** Edits are sorted and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const edit of edits) {
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
  }
  return parts.join('') + text.slice(position);
}

/**
 * What lies between two edits is the same in both texts; the whole lines in there are kept, and everything between
 * kept lines is a change. Linear in the text, however many edits there are.
 */
function lineChanges(oldText: string, newText: string, edits: readonly TextEdit[]): readonly LineChange[] {
  const oldLine = lineCounter(oldText);
  const newLine = lineCounter(newText);
  const changes: LineChange[] = [];
  let start = 0;
  let newStart = 0;
  let gapStart = 0;
  let shift = 0;
  for (const edit of [...edits, undefined]) {
    const gapEnd = edit?.start ?? oldText.length;
    const startsLine = isLineStart(oldText, gapStart) && isLineStart(newText, gapStart + shift);
    const keptFrom = startsLine ? gapStart : oldText.indexOf('\n', gapStart) + 1;
    const lastLineEnd = gapEnd === 0 ? 0 : oldText.lastIndexOf('\n', gapEnd - 1) + 1;
    const keptTo = edit === undefined ? gapEnd : lastLineEnd;
    const isKept = keptFrom >= gapStart && (startsLine || keptFrom > gapStart) && keptTo > keptFrom;
    const isEnd = edit === undefined;
    if (isKept || isEnd) {
      const end = oldLine(isKept ? keptFrom : oldText.length);
      const newEnd = newLine(isKept ? keptFrom + shift : newText.length);
      if (end > start || newEnd > newStart) changes.push({ start, end, newStart, newEnd });
      start = oldLine(keptTo);
      newStart = newLine(keptTo + shift);
    }
    if (edit !== undefined) {
      gapStart = edit.end;
      shift += edit.text.length - (edit.end - edit.start);
    }
  }
  return changes;
}

function isLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n';
}

/** How many lines begin before an offset; asked for rising offsets, so that the whole text is read once. */
function lineCounter(text: string): (offset: number) => number {
  let position = 0;
  let lines = 0;
  return (offset) => {
    for (let next = text.indexOf('\n', position); next !== -1 && next < offset; next = text.indexOf('\n', position)) {
      lines++;
      position = next + 1;
    }
    // A last line without a newline counts as soon as the end is asked for.
    return offset > position ? lines + 1 : lines;
  };
}

/** Lines with their endings; the last one may have none. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface Hunk extends LineChange {
  readonly changes: readonly LineChange[];
}

/** Changes whose contexts touch stand in one hunk. */
function hunksOf(changes: readonly LineChange[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    if (last !== undefined && change.start - last.end <= 2 * contextLines) {
      hunks[hunks.length - 1] = { ...last, end: change.end, newEnd: change.newEnd, changes: [...last.changes, change] };
    } else {
      hunks.push({ ...change, changes: [change] });
    }
  }
  return hunks;
}

function marked(mark: ' ' | '-' | '+', lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`,
  );
}

/** GNU diff: an empty span is named by the line before it, and a length of one is left out. */
function span(from: number, to: number): string {
  const length = to - from;
  if (length === 0) return `${from},0`;
  return length === 1 ? `${from + 1}` : `${from + 1},${length}`;
}
