import type { TextEdit } from '../fix.ts';

/** The text after all edits. They must be sorted by `start` and must not overlap; offsets refer to `text`. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let taken = 0;
  for (const edit of edits) {
    if (edit.start < taken || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`Edit [${edit.start}, ${edit.end}) overlaps its neighbour or lies outside the text`);
    }
    parts.push(text.slice(taken, edit.start), edit.text);
    taken = edit.end;
  }
  parts.push(text.slice(taken));
  return parts.join('');
}

/** Edits in the order that {@link applyEdits} asks for; of two at one offset the one listed first comes first. */
export function sorted(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether sorted edits can be applied: none overlaps the one before it. */
export function areApart(edits: readonly TextEdit[]): boolean {
  return edits.every(({ start, end }, index) => start <= end && start >= (edits[index - 1]?.end ?? 0));
}
