import { lastAtOrBefore, lineStartsOf } from './lineStarts.ts';
import type { DocumentForm, ManifestDocument } from './manifestDocument.ts';
import type { ManifestFile, NotChecked, ParseOptions, Position, PositionRange, TextChange } from './manifestFile.ts';
import type { ManifestNode, Place } from './manifestNode.ts';
import { whyNotChecked, whyUnreadable } from './notChecked.ts';
import { type DocumentSlice, splitDocuments } from './splitDocuments.ts';
import { TextDocument } from './textDocument.ts';

type Options = Required<ParseOptions>;

/** A document and where it now lies in the file. */
interface Chunk extends DocumentSlice {
  readonly document: TextDocument;
}

/** @param host the node whose decoded string the text is, if it is not a file of its own */
export function createTextFile(text: string, options: Options, host?: ManifestNode): ManifestFile {
  const unreadable = whyUnreadable(text, options.maxBytes);
  if (unreadable !== undefined) return new TextFile(text, options, [], unreadable);
  return new TextFile(text, options, chunksOf(text, 0, true, options, host), undefined);
}

function chunksOf(text: string, offset: number, atFileStart: boolean, options: Options, host?: ManifestNode): Chunk[] {
  return splitDocuments(text, atFileStart).map(({ separatorStart, start, end }) => {
    const content = text.slice(start, end);
    return {
      separatorStart: separatorStart + offset,
      start: start + offset,
      end: end + offset,
      document: new TextDocument(content, formOf(content, options.form), host && { node: host, offset: start }),
    };
  });
}

/**
 * `${{ github.sha }}` of a GitHub workflow: a context or a function right after the brackets, where a Helm action has a dot, a
 * variable or a function and a blank.
 */
const gitHubExpression = /\$\{\{[\s!(]*[A-Za-z_]+(?:[.[(]|\s*(?:\}\}|[=!<>]=?|&&|\|\|))/g;

function formOf(text: string, form: Options['form']): DocumentForm {
  switch (form) {
    case 'plain':
    case 'json':
      return form;
    case 'helm-template':
      return text.includes('{{') ? form : 'plain';
    case 'auto':
      if (/^\s*\{(?!\{)/.test(text)) return 'json';
      return text.replaceAll(gitHubExpression, '').includes('{{') ? 'helm-template' : 'plain';
  }
}

class TextFile implements ManifestFile {
  readonly text: string;
  readonly documents: readonly TextDocument[];
  readonly #options: Options;
  readonly #chunks: readonly Chunk[];
  readonly #unreadable: NotChecked | undefined;
  #chunkOf: Map<ManifestDocument, number> | undefined;
  /** For each chunk the number of lines before it. */
  #firstLines: number[] | undefined;

  constructor(text: string, options: Options, chunks: readonly Chunk[], unreadable: NotChecked | undefined) {
    this.text = text;
    this.#options = options;
    this.#chunks = chunks;
    this.#unreadable = unreadable;
    this.documents = chunks.map(({ document }) => document);
  }

  get notChecked(): NotChecked | undefined {
    return this.#unreadable ?? whyNotChecked(this.documents);
  }

  get lineEnding(): '\n' | '\r\n' {
    const end = this.text.indexOf('\n');
    return end > 0 && this.text.charCodeAt(end - 1) === 13 ? '\r\n' : '\n';
  }

  edit(changes: readonly TextChange[]): ManifestFile {
    let file: TextFile = this;
    for (const change of changes) file = file.#apply(change);
    return file;
  }

  #apply(change: TextChange): TextFile {
    const start = Math.min(Math.max(change.start, 0), this.text.length);
    const end = Math.min(Math.max(change.end, start), this.text.length);
    const text = this.text.slice(0, start) + change.text + this.text.slice(end);
    const unreadable = whyUnreadable(text, this.#options.maxBytes);
    if (unreadable !== undefined) return new TextFile(text, this.#options, [], unreadable);
    if (this.#chunks.length === 0) {
      return new TextFile(text, this.#options, chunksOf(text, 0, true, this.#options), undefined);
    }
    const [first, afterLast] = this.#touched(start, end, change.text);
    const shift = text.length - this.text.length;
    const from = this.#chunks[first]?.separatorStart ?? 0;
    const to = (this.#chunks[afterLast]?.separatorStart ?? this.text.length) + shift;
    const made = chunksOf(detached(text.slice(first === 0 ? 0 : from, to)), from, first === 0, this.#options);
    const after = this.#chunks.slice(afterLast).map((chunk) => moved(chunk, shift));
    const reused = reuse(made, this.#chunks.slice(first, afterLast));
    return new TextFile(text, this.#options, [...this.#chunks.slice(0, first), ...reused, ...after], undefined);
  }

  /** The chunks [first, afterLast) that must be split again when [start, end) is replaced. */
  #touched(start: number, end: number, inserted: string): [number, number] {
    const chunks = this.#chunks;
    let first = this.#chunkAt(start);
    const chunk = chunks[first];
    // Within a separator line, the document before may come to include this one. A separator without line break stands
    // at the end of the file, and goes on with what is appended.
    if (chunk !== undefined && first > 0) {
      const separatorIsOpen = start === chunk.start && this.text.charCodeAt(start - 1) !== 10;
      const isDashesOfContent = chunk.separatorStart === chunk.start && start < chunk.start + '--- '.length;
      if (start < chunk.start || separatorIsOpen || isDashesOfContent) first--;
    }
    let afterLast = this.#chunkAt(end) + 1;
    const next = chunks[afterLast - 1];
    // The change ends right before a separator, which is touched only if its line no longer begins there.
    if (next !== undefined && next.separatorStart === end && afterLast - 1 > first) {
      const before = inserted === '' ? this.text.charCodeAt(start - 1) : inserted.charCodeAt(inserted.length - 1);
      const beforeIsInSameChunk = inserted !== '' || start > (chunks[first]?.separatorStart ?? 0);
      if (before === 10 && beforeIsInSameChunk) afterLast--;
    }
    return [first, afterLast];
  }

  /** Index of the chunk in which an offset lies; a separator belongs to the document after it. */
  #chunkAt(offset: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle]?.separatorStart ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #chunk(document: ManifestDocument): Chunk | undefined {
    const index = this.#indexOf(document);
    return index === undefined ? undefined : this.#chunks[index];
  }

  #indexOf(document: ManifestDocument): number | undefined {
    this.#chunkOf ??= new Map(this.documents.map((each, index) => [each, index]));
    return this.#chunkOf.get(document);
  }

  startOf(document: ManifestDocument): number {
    return this.#chunk(document)?.start ?? -1;
  }

  documentAt(offset: number): ManifestDocument | undefined {
    const index = this.#chunkAt(offset);
    const chunk = this.#chunks[index];
    if (chunk === undefined || offset < chunk.start || offset > chunk.end) return undefined;
    return chunk.document;
  }

  positionAt(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), this.text.length);
    if (this.#chunks.length === 0) return positionIn(lineStartsOf(this.text), clamped, 0);
    const index = this.#chunkAt(clamped);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return { line: 0, character: clamped };
    const firstLine = this.#lines()[index] ?? 0;
    if (clamped < chunk.start) return { line: firstLine, character: clamped - chunk.separatorStart };
    const separatorLines = this.#separatorLines(chunk);
    const position = positionIn(chunk.document.lineStarts, clamped - chunk.start, firstLine + separatorLines);
    if (separatorLines > 0 || position.line > firstLine) return position;
    return { line: firstLine, character: clamped - chunk.separatorStart };
  }

  offsetAt(position: Position): number {
    if (this.#chunks.length === 0)
      return offsetIn(this.text, lineStartsOf(this.text), 0, position.line, position.character);
    if (position.line < 0) return 0;
    const lines = this.#lines();
    const index = lastAtOrBefore(lines, position.line);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return 0;
    const line = position.line - (lines[index] ?? 0) - this.#separatorLines(chunk);
    if (line < 0 || (line === 0 && this.#separatorLines(chunk) === 0)) {
      const end = line < 0 ? chunk.start : chunk.start + (chunk.document.lineStarts[1] ?? chunk.document.text.length);
      return clampToLine(this.text, chunk.separatorStart, end, position.character);
    }
    return offsetIn(this.text, chunk.document.lineStarts, chunk.start, line, position.character, chunk.end);
  }

  rangeOf(place: Place): PositionRange | undefined {
    const chunk = this.#chunk(place.document);
    if (chunk === undefined || place.range === undefined) return undefined;
    return {
      start: this.positionAt(chunk.start + place.range.start),
      end: this.positionAt(chunk.start + place.range.end),
    };
  }

  #lines(): readonly number[] {
    if (this.#firstLines === undefined) {
      let line = 0;
      this.#firstLines = this.#chunks.map((chunk) => {
        const first = line;
        line += this.#separatorLines(chunk) + chunk.document.lineStarts.length - 1;
        return first;
      });
    }
    return this.#firstLines;
  }

  #separatorLines(chunk: Chunk): number {
    const last = this.text.charCodeAt(chunk.start - 1);
    return chunk.start > chunk.separatorStart && (last === 10 || last === 13) ? 1 : 0;
  }
}

function moved(chunk: Chunk, shift: number): Chunk {
  if (shift === 0) return chunk;
  const { separatorStart, start, end, document } = chunk;
  return { separatorStart: separatorStart + shift, start: start + shift, end: end + shift, document };
}

/** Takes the old document wherever a new one has the same text at the front or at the back. */
function reuse(made: readonly Chunk[], old: readonly Chunk[]): Chunk[] {
  const result = [...made];
  const same = (a: Chunk | undefined, b: Chunk | undefined) =>
    a !== undefined && b !== undefined && a.document.text === b.document.text;
  const take = (target: number, source: number) => {
    const [chunk, from] = [result[target], old[source]];
    if (chunk !== undefined && from !== undefined) result[target] = { ...chunk, document: from.document };
  };
  let front = 0;
  for (; front < Math.min(made.length, old.length) && same(made[front], old[front]); front++) take(front, front);
  for (let back = 1; back <= Math.min(made.length, old.length) - front; back++) {
    if (!same(made[made.length - back], old[old.length - back])) break;
    take(made.length - back, old.length - back);
  }
  return result;
}

/** A copy that does not keep the whole file's text alive, as a slice would. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function positionIn(lineStarts: readonly number[], offset: number, firstLine: number): Position {
  const index = lastAtOrBefore(lineStarts, offset);
  return { line: firstLine + index, character: offset - (lineStarts[index] ?? 0) };
}

function offsetIn(
  text: string,
  lineStarts: readonly number[],
  base: number,
  line: number,
  character: number,
  end = text.length,
): number {
  const start = lineStarts[line];
  if (start === undefined) return end;
  return clampToLine(text, base + start, base + (lineStarts[line + 1] ?? end - base), character);
}

/** A column beyond the end of a line is its end, before the line break. */
function clampToLine(text: string, start: number, end: number, character: number): number {
  let last = end;
  if (last > start && text.charCodeAt(last - 1) === 10) last--;
  if (last > start && text.charCodeAt(last - 1) === 13) last--;
  return Math.min(start + Math.max(character, 0), last);
}
