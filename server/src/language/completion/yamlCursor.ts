/** Where a cursor stands in block-style YAML that may be broken at that very place: judged by indentation alone. */
export interface YamlCursor {
  /** Keys from the root; `-1` for a step into a list item. */
  readonly path: readonly (string | -1)[];
  /** The key whose value is being typed; undefined while a key is typed. */
  readonly valueOf: string | undefined;
  /** What is typed of the key or value, and the column where it begins. */
  readonly typed: string;
  readonly from: number;
  /** Keys already written beside the one being typed. */
  readonly siblings: readonly string[];
}

const keyPattern = /^(\s*)((?:-\s+)*)(?:"([^"]+)"|'([^']+)'|([^\s#:'"-][^:#]*)):(?=\s|$)/;

/** `lines` is the whole text, `line` and `character` the cursor. Undefined inside comments. */
export function yamlCursorAt(lines: readonly string[], line: number, character: number): YamlCursor | undefined {
  const before = (lines[line] ?? '').slice(0, character);
  if (/(^|\s)#/.test(before)) return undefined;
  const key = keyPattern.exec(before);
  const dashes = /^(\s*)((?:-\s+)*)/.exec(before);
  const indent = (dashes?.[1] ?? '').length + (dashes?.[2] ?? '').length;
  const startsItem = (dashes?.[2] ?? '') !== '';
  const path = pathAbove(lines, line, startsItem ? (dashes?.[1] ?? '').length : indent, startsItem);
  if (key !== null) {
    const typed = before.slice(key[0].length).trimStart();
    return { path, valueOf: keyOf(key), typed, from: character - typed.length, siblings: [] };
  }
  const typed = before.slice(indent);
  return { path, valueOf: undefined, typed, from: indent, siblings: siblingsOf(lines, line, indent) };
}

/** Walks upwards to ever smaller indentation. A list item may stand at its parent key's own indentation. */
function pathAbove(lines: readonly string[], line: number, indent: number, startsItem: boolean): (string | -1)[] {
  const path: (string | -1)[] = startsItem ? [-1] : [];
  let column = indent;
  let mayEqual = startsItem;
  for (let index = line - 1; index >= 0 && (column > 0 || mayEqual); index--) {
    const key = keyPattern.exec(lines[index] ?? '');
    const item = /^(\s*)-(\s+|$)/.exec(lines[index] ?? '');
    if (key !== null) {
      const own = (key[1] ?? '').length;
      const keyColumn = own + (key[2] ?? '').length;
      const isItem = (key[2] ?? '') !== '';
      if (keyColumn < column || (mayEqual && keyColumn === column && !isItem)) {
        path.unshift(keyOf(key));
        column = keyColumn;
        mayEqual = false;
      }
      if (isItem && own < column) {
        path.unshift(-1);
        column = own;
        mayEqual = true;
      }
    } else if (item !== null && (item[1] ?? '').length < column) {
      path.unshift(-1);
      column = (item[1] ?? '').length;
      mayEqual = true;
    }
  }
  return path;
}

function siblingsOf(lines: readonly string[], line: number, indent: number): string[] {
  const siblings: string[] = [];
  const collect = (index: number): boolean => {
    const text = lines[index] ?? '';
    if (text.trim() === '' || text.trim().startsWith('#')) return true;
    const key = keyPattern.exec(text);
    const column = key === null ? (/^\s*/.exec(text)?.[0].length ?? 0) : (key[1] ?? '').length + (key[2] ?? '').length;
    if (column < indent) return false;
    if (key !== null && column === indent) siblings.push(keyOf(key));
    return !(key !== null && column === indent && (key[2] ?? '') !== '');
  };
  for (let index = line - 1; index >= 0 && collect(index); index--);
  for (let index = line + 1; index < lines.length && collect(index); index++);
  return siblings;
}

function keyOf(match: RegExpExecArray): string {
  return (match[3] ?? match[4] ?? match[5] ?? '').trim();
}
