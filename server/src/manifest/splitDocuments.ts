/** Where a document and the separator before it lie in a text. */
export interface DocumentSlice {
  /** Start of the separator line (of the byte order mark at the start of a file); the same as `start` if there is none. */
  readonly separatorStart: number;
  /** First character of the document. */
  readonly start: number;
  /** The start of the next separator line, or the end of the text. */
  readonly end: number;
}

/**
 * Splits a stream into documents without parsing, as Kubernetes' reader does (apimachinery, pkg/util/yaml/decoder.go,
 * YAMLReader): every line that begins with `---` separates, whatever stands around it. (YAML says the same: such a line
 * ends even a quoted text and a block scalar.) So does a line `...`, after which Kubernetes stops reading the document.
 *
 * Where content follows the dashes on their line (`--- {}`), which Kubernetes refuses, the line is part of the document
 * that it begins. A line such as `---x` does not separate. {@link findBadSeparator} finds both.
 *
 * @param atFileStart whether `text` is the start of a file: it may have a byte order mark, and nothing before the first
 *   separator is no document. Otherwise it begins with a separator line.
 */
export function splitDocuments(text: string, atFileStart = true): DocumentSlice[] {
  const slices: DocumentSlice[] = [];
  let separatorStart = 0;
  let start = 0;
  let line = atFileStart && text.startsWith('\uFEFF') ? 1 : 0;
  const first = separatorAt(text, line);
  if (first !== undefined) {
    start = first;
    line = first;
  } else start = line;
  const dashes = new LineSearch(text, '\n---');
  const dots = new LineSearch(text, '\n...');
  // A separator may follow the one before at once, so the search begins at the line break that ends it.
  let from = Math.max(0, start - 1);
  if (first === undefined) from = start;
  for (;;) {
    const next = Math.min(dashes.from(from), dots.from(from));
    if (next === Number.POSITIVE_INFINITY) break;
    const lineStart = next + 1;
    const after = separatorAt(text, lineStart);
    from = lineStart;
    if (after === undefined) continue;
    slices.push({ separatorStart, start, end: lineStart });
    separatorStart = lineStart;
    start = after;
    from = Math.max(lineStart, after - 1);
  }
  slices.push({ separatorStart, start, end: text.length });
  return slices;
}

/** Remembers where the next occurrence is, so that a rare one is searched for only once. */
class LineSearch {
  readonly #text: string;
  readonly #needle: string;
  #found = -1;

  constructor(text: string, needle: string) {
    this.#text = text;
    this.#needle = needle;
  }

  from(position: number): number {
    if (this.#found < position) {
      const found = this.#text.indexOf(this.#needle, position);
      this.#found = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#found;
  }
}

const separator = /(?:---[^\S\r\n]*(?:#[^\r\n]*)?|\.\.\.[^\S\r\n]*(?:[^\S\r\n]#[^\r\n]*)?)\r?(?:\n|$)/y;
const separatorWithContent = /---[ \t]/y;

/** If a document begins at this line start: the offset of its first character, after the separator line if there is one. */
function separatorAt(text: string, lineStart: number): number | undefined {
  separator.lastIndex = lineStart;
  if (separator.test(text)) return separator.lastIndex;
  separatorWithContent.lastIndex = lineStart;
  return separatorWithContent.test(text) ? lineStart : undefined;
}

const badSeparator = /^---.*/gm;

/** The first line of a document that begins with `---` and has more than a comment on it, which Kubernetes refuses. */
export function findBadSeparator(text: string): { readonly start: number; readonly end: number } | undefined {
  if (!text.includes('---')) return undefined;
  badSeparator.lastIndex = 0;
  for (let match = badSeparator.exec(text); match !== null; match = badSeparator.exec(text)) {
    const before = match.index === 0 ? '\n' : text.charAt(match.index - 1);
    if (before === '\n') return { start: match.index, end: match.index + match[0].trimEnd().length };
  }
  return undefined;
}
