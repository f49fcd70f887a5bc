import type { TextEdit } from '../fix.ts';

/** Above this many inserted and deleted lines a stretch without unique lines is replaced as a whole. */
const MAX_DISTANCE = 400;

/**
 * A small set of sorted, non-overlapping edits that turn `before` into `after`: lines are matched first (patience diff,
 * Myers between the anchors), then each changed stretch by words and trimmed to the characters that differ.
 */
export function diffEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  const edits: TextEdit[] = [];
  let offset = 0;
  let line = 0;
  for (const hunk of matchLines(oldLines, newLines)) {
    for (; line < hunk.oldStart; line++) offset += lengthOf(oldLines, line);
    const start = offset;
    for (; line < hunk.oldEnd; line++) offset += lengthOf(oldLines, line);
    edits.push(
      ...trimmed(start, oldLines.slice(hunk.oldStart, hunk.oldEnd), newLines.slice(hunk.newStart, hunk.newEnd)),
    );
  }
  return edits;
}

/** Old lines [oldStart, oldEnd) give way to new lines [newStart, newEnd). */
interface Hunk {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[], index: number): number {
  return lines[index]?.length ?? 0;
}

function matchLines(oldLines: readonly string[], newLines: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  // Stretches still to be compared, the next one last; a stack, for files may need deep recursion.
  const stretches: Hunk[] = [{ oldStart: 0, oldEnd: oldLines.length, newStart: 0, newEnd: newLines.length }];
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    let { oldStart, oldEnd, newStart, newEnd } = stretch;
    while (oldStart < oldEnd && newStart < newEnd && oldLines[oldStart] === newLines[newStart]) {
      oldStart++;
      newStart++;
    }
    while (oldStart < oldEnd && newStart < newEnd && oldLines[oldEnd - 1] === newLines[newEnd - 1]) {
      oldEnd--;
      newEnd--;
    }
    if (oldStart === oldEnd && newStart === newEnd) continue;
    const rest: Hunk = { oldStart, oldEnd, newStart, newEnd };
    if (oldStart === oldEnd || newStart === newEnd) {
      hunks.push(rest);
      continue;
    }
    const anchors = uniqueAnchors(oldLines, newLines, rest);
    if (anchors.length === 0) {
      hunks.push(...shortestScript(oldLines, newLines, rest));
      continue;
    }
    const between: Hunk[] = [];
    for (const [oldIndex, newIndex] of anchors) {
      between.push({ oldStart, oldEnd: oldIndex, newStart, newEnd: newIndex });
      oldStart = oldIndex + 1;
      newStart = newIndex + 1;
    }
    between.push({ oldStart, oldEnd, newStart, newEnd });
    stretches.push(...between.reverse());
  }
  return hunks;
}

/** Pairs of lines with text that occur exactly once on either side, in an order that both sides share. */
function uniqueAnchors(oldLines: readonly string[], newLines: readonly string[], stretch: Hunk): [number, number][] {
  const places = new Map<string, { old: number; new: number }>();
  const repeated = -2;
  const note = (line: string | undefined, side: 'old' | 'new', index: number): void => {
    if (line === undefined || line.trim() === '') return;
    const place = places.get(line) ?? { old: -1, new: -1 };
    place[side] = place[side] === -1 ? index : repeated;
    places.set(line, place);
  };
  for (let index = stretch.oldStart; index < stretch.oldEnd; index++) note(oldLines[index], 'old', index);
  for (let index = stretch.newStart; index < stretch.newEnd; index++) note(newLines[index], 'new', index);
  const common: [number, number][] = [];
  for (const place of places.values()) if (place.old >= 0 && place.new >= 0) common.push([place.old, place.new]);
  common.sort((a, b) => a[0] - b[0]);
  return longestIncreasing(common);
}

/** The longest run of pairs, sorted by their first number, whose second numbers rise (patience sorting, n log n). */
function longestIncreasing(pairs: readonly [number, number][]): [number, number][] {
  interface Card {
    readonly pair: [number, number];
    readonly below: Card | undefined;
  }
  const tops: Card[] = [];
  for (const pair of pairs) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const top = tops[middle];
      if (top !== undefined && top.pair[1] < pair[1]) low = middle + 1;
      else high = middle;
    }
    tops[low] = { pair, below: tops[low - 1] };
  }
  const chosen: [number, number][] = [];
  for (let card = tops.at(-1); card !== undefined; card = card.below) chosen.push(card.pair);
  return chosen.reverse();
}

/** Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986), given up beyond a distance. */
function shortestScript(oldLines: readonly string[], newLines: readonly string[], stretch: Hunk): Hunk[] {
  const oldCount = stretch.oldEnd - stretch.oldStart;
  const newCount = stretch.newEnd - stretch.newStart;
  const limit = Math.min(oldCount + newCount, MAX_DISTANCE);
  const trace: Int32Array[] = [];
  let furthest = new Int32Array(2 * limit + 3);
  const middle = limit + 1;
  const at = (row: Int32Array, diagonal: number): number => row[middle + diagonal] ?? 0;
  for (let distance = 0; distance <= limit; distance++) {
    trace.push(furthest.slice());
    const row = furthest.slice();
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down =
        diagonal === -distance || (diagonal !== distance && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
      let x = down ? at(furthest, diagonal + 1) : at(furthest, diagonal - 1) + 1;
      let y = x - diagonal;
      while (x < oldCount && y < newCount && oldLines[stretch.oldStart + x] === newLines[stretch.newStart + y]) {
        x++;
        y++;
      }
      row[middle + diagonal] = x;
      if (x >= oldCount && y >= newCount) return hunksOfTrace(trace, middle, stretch);
    }
    furthest = row;
  }
  return [stretch];
}

function hunksOfTrace(trace: readonly Int32Array[], middle: number, stretch: Hunk): Hunk[] {
  const steps: { x: number; y: number; down: boolean }[] = [];
  let x = stretch.oldEnd - stretch.oldStart;
  let y = stretch.newEnd - stretch.newStart;
  for (let distance = trace.length - 1; distance > 0; distance--) {
    const row = trace[distance];
    const diagonal = x - y;
    const at = (of: number): number => row?.[middle + of] ?? 0;
    const down = diagonal === -distance || (diagonal !== distance && at(diagonal - 1) < at(diagonal + 1));
    const previous = down ? diagonal + 1 : diagonal - 1;
    x = at(previous);
    y = x - previous;
    steps.push({ x, y, down });
  }
  const hunks: Hunk[] = [];
  for (const step of steps.reverse()) {
    const oldStart = stretch.oldStart + step.x;
    const newStart = stretch.newStart + step.y;
    const oldEnd = step.down ? oldStart : oldStart + 1;
    const newEnd = step.down ? newStart + 1 : newStart;
    const last = hunks.at(-1);
    if (last !== undefined && last.oldEnd === oldStart && last.newEnd === newStart) {
      hunks[hunks.length - 1] = { ...last, oldEnd, newEnd };
    } else {
      hunks.push({ oldStart, oldEnd, newStart, newEnd });
    }
  }
  return hunks;
}

/** The edits of one hunk, line by line if as many lines come as go. */
function trimmed(start: number, oldLines: readonly string[], newLines: readonly string[]): TextEdit[] {
  if (oldLines.length !== newLines.length) return wordEdits(start, oldLines.join(''), newLines.join(''));
  const edits: TextEdit[] = [];
  let offset = start;
  for (const [index, oldLine] of oldLines.entries()) {
    edits.push(...wordEdits(offset, oldLine, newLines[index] ?? ''));
    offset += oldLine.length;
  }
  return edits;
}

/** A comment, a run of blanks and line breaks, a word. */
const WORD = /#[^\r\n]*|\s+|[^\s#]+/g;

/** Equal text shorter than this between two changes is not worth an edit of its own. */
const MIN_GAP = 3;

/** The edits of a changed stretch at `offset`, by words, so that a comment between two changes is not part of an edit. */
function wordEdits(at: number, before: string, after: string): TextEdit[] {
  const oldWords = before.match(WORD) ?? [];
  const newWords = after.match(WORD) ?? [];
  const edits: TextEdit[] = [];
  let offset = 0;
  let word = 0;
  for (const { oldStart, oldEnd, newStart, newEnd } of matchLines(oldWords, newWords)) {
    for (; word < oldStart; word++) offset += lengthOf(oldWords, word);
    const start = offset;
    for (; word < oldEnd; word++) offset += lengthOf(oldWords, word);
    const text = newWords.slice(newStart, newEnd).join('');
    const last = edits.at(-1);
    if (last === undefined || start - last.end >= MIN_GAP) edits.push({ start, end: offset, text });
    else
      edits[edits.length - 1] = {
        start: last.start,
        end: offset,
        text: last.text + before.slice(last.end, start) + text,
      };
  }
  return edits
    .map((edit) => trim(edit, before))
    .map(({ start, end, text }) => ({ start: at + start, end: at + end, text }));
}

/** The edit without the characters that it would replace by themselves at either end. */
function trim({ start, end, text }: TextEdit, source: string): TextEdit {
  const before = source.slice(start, end);
  const shorter = Math.min(before.length, text.length);
  let head = 0;
  while (head < shorter && before[head] === text[head]) head++;
  if (splitsCharacter(before, head) || splitsCharacter(text, head)) head--;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  if (splitsCharacter(before, before.length - tail) || splitsCharacter(text, text.length - tail)) tail--;
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}

/** Whether a cut at `offset` would part a surrogate pair or a `\r\n`. */
function splitsCharacter(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return (before === 13 && after === 10) || ((before & 0xfc00) === 0xd800 && (after & 0xfc00) === 0xdc00);
}
