import type { SyntaxProblem } from '../manifestDocument.ts';
import { markRepeatedKeys } from '../markRepeatedKeys.ts';
import { resolveKey, resolveScalar } from '../scalarValue.ts';
import type { SyntaxComment, SyntaxDocument, SyntaxNode, SyntaxPair, SyntaxScalar } from '../syntaxTree.ts';
import { blockScalarAt } from './blockScalar.ts';
import { decodeQuoted, quotedEnd } from './quotedScalar.ts';

/** Levels of nesting beyond which the document is left to the other parser, which goes deeper and says when it is too deep. */
const maximumDepth = 100;
/** YAML 1.2, 7.4.2: a key is at most this long; less is claimed, so that quotes and blanks need not be counted. */
const maximumKeyLength = 1000;

/**
 * Parses a document in the style in which nearly all manifests are written: block maps and lists, scalars on one line,
 * brackets on one line, literal and folded texts, comments. Takes time linear in the length of the text.
 *
 * @returns exactly what `parseYamlDocument` returns; undefined for anything that is not claimed, be it rare (anchors,
 *   tags, merge keys, scalars over several lines, tabs) or an error of any kind
 */
export function parseBlockDocument(text: string): SyntaxDocument | undefined {
  if (unclaimed.test(text)) return undefined;
  const parser = new BlockParser(text);
  const root = parser.root();
  if (root === refused) return undefined;
  return { root, problems: parser.problems, comments: parser.comments, partial: false, notChecked: undefined };
}

/** Control characters, line breaks other than \n and \r\n, lines that begin with `---` or `...`. */
const unclaimed =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\uFEFF]|\r(?!\n)|^(?:---|\.\.\.)/m;

/** The answer "not claimed" within the parser. */
const refused = Symbol('refused');
type Refused = typeof refused;

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const doubleQuote = 34;
const hash = 35;
const singleQuote = 39;
const comma = 44;
const dash = 45;
const colonSign = 58;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Characters with which no plain scalar begins, or with which it is not claimed. */
const notPlainStarts = new Set([...'!"#%&\'*,:>?@[]`{|}\t'].map((character) => character.charCodeAt(0)));

class BlockParser {
  readonly problems: SyntaxProblem[] = [];
  readonly comments: SyntaxComment[] = [];
  readonly #text: string;
  /** The first character of content on the current line, and its column; -1 at the end of the text. */
  #at = 0;
  #column = -1;

  constructor(text: string) {
    this.#text = text;
  }

  root(): SyntaxNode | undefined | Refused {
    if (!this.#findContent(0)) return refused;
    if (this.#column < 0) return undefined;
    if (this.#text.charCodeAt(this.#at) === 0x25) return refused;
    const node = this.#node(-1, 0);
    if (node === refused || (node.kind !== 'map' && node.kind !== 'list') || node.flow) return refused;
    return this.#column < 0 ? node : refused;
  }

  /** Goes to the next line with content, from a line start on; false if a tab stands in the indentation. */
  #findContent(lineStart: number): boolean {
    const text = this.#text;
    let start = lineStart;
    while (start < text.length) {
      let at = start;
      while (text.charCodeAt(at) === space) at++;
      const unit = text.charCodeAt(at);
      if (unit === 9) return false;
      if (unit === hash) at = this.#comment(at);
      else if (unit !== lineFeed && unit !== carriageReturn && at < text.length) {
        this.#at = at;
        this.#column = at - start;
        return true;
      }
      const lineBreak = text.indexOf('\n', at);
      if (lineBreak < 0) break;
      start = lineBreak + 1;
    }
    this.#at = text.length;
    this.#column = -1;
    return true;
  }

  /** Notes the comment that begins here and returns its end. */
  #comment(start: number): number {
    const text = this.#text;
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    else if (text.charCodeAt(end - 1) === carriageReturn) end--;
    this.comments.push({ start, end });
    return end;
  }

  /** Whether nothing but white space and a comment follows on the line. Goes to the next line with content then. */
  #endLine(from: number): boolean {
    const text = this.#text;
    let at = from;
    while (text.charCodeAt(at) === space) at++;
    if (text.charCodeAt(at) === hash && text.charCodeAt(at - 1) === space) at = this.#comment(at);
    if (text.charCodeAt(at) === carriageReturn) at++;
    if (at < text.length && text.charCodeAt(at) !== lineFeed) return false;
    return this.#findContent(at + 1);
  }

  #isBlankOrEnd(at: number): boolean {
    const unit = this.#text.charCodeAt(at);
    return unit === space || unit === lineFeed || unit === carriageReturn || at >= this.#text.length;
  }

  #isDash(): boolean {
    return this.#text.charCodeAt(this.#at) === dash && this.#isBlankOrEnd(this.#at + 1);
  }

  /** The value that begins at the current place, within a collection at column `parent`. */
  #node(parent: number, depth: number): SyntaxNode | Refused {
    if (depth > maximumDepth) return refused;
    if (this.#isDash()) return this.#list(this.#column, depth);
    const colon = this.#keyColon();
    if (colon === refused) return refused;
    if (colon !== undefined) return this.#map(this.#column, depth, colon);
    return this.#inline(this.#at, parent, depth);
  }

  /** Offset of the `:` after the key at the current place; undefined if what stands there is no key. */
  #keyColon(): number | undefined | Refused {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first === doubleQuote || first === singleQuote) {
      const end = quotedEnd(text, start);
      if (end === undefined) return refused;
      let at = end;
      while (text.charCodeAt(at) === space) at++;
      return text.charCodeAt(at) === colonSign ? (this.#isBlankOrEnd(at + 1) ? at : refused) : undefined;
    }
    if (first === openBracket || first === openBrace) return undefined;
    if (notPlainStarts.has(first)) return refused;
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === lineFeed) return undefined;
      if (unit === 9) return refused;
      if (unit === colonSign && this.#isBlankOrEnd(at + 1)) return at;
      if (unit === hash && text.charCodeAt(at - 1) === space) return undefined;
    }
    return undefined;
  }

  #list(column: number, depth: number): SyntaxNode | Refused {
    const items: SyntaxNode[] = [];
    const itemStarts: number[] = [];
    const start = this.#at;
    let end = start;
    while (this.#column === column && this.#isDash()) {
      const itemStart = this.#at;
      let at = itemStart + 1;
      while (this.#text.charCodeAt(at) === space) at++;
      let item: SyntaxNode | Refused;
      if (this.#isLineOver(at)) {
        if (!this.#endLine(itemStart + 1)) return refused;
        item = this.#column > column ? this.#node(column, depth + 1) : unwritten(itemStart + 1);
      } else if (this.#isBlockScalar(at)) item = this.#blockScalar(at, column);
      else {
        this.#column = column + at - itemStart;
        this.#at = at;
        item = this.#node(column, depth + 1);
      }
      if (item === refused || this.#column > column) return refused;
      items.push(item);
      itemStarts.push(itemStart);
      end = Math.max(item.end, itemStart + 1);
    }
    return { kind: 'list', flow: false, start, end, ...bare(start), items, itemStarts, open: false };
  }

  #map(column: number, depth: number, firstColon: number): SyntaxNode | Refused {
    const pairs: SyntaxPair[] = [];
    const start = this.#at;
    let end = start;
    let colon: number | undefined | Refused = firstColon;
    for (;;) {
      if (colon === refused || colon === undefined) return refused;
      const pair = this.#pair(this.#at, colon);
      if (pair === refused) return refused;
      const value = this.#mapValue(colon, column, depth);
      if (value === refused || this.#column > column) return refused;
      pairs.push({ ...pair, value });
      end = Math.max(value.end, colon + 1);
      if (this.#column < column) break;
      if (this.#isDash()) return refused;
      colon = this.#keyColon();
    }
    markRepeatedKeys(pairs, this.problems);
    return { kind: 'map', flow: false, start, end, ...bare(start), pairs, open: false };
  }

  #pair(keyStart: number, colon: number): Omit<SyntaxPair, 'value'> | Refused {
    const text = this.#text;
    if (colon - keyStart > maximumKeyLength) return refused;
    let keyEnd = colon;
    while (text.charCodeAt(keyEnd - 1) === space) keyEnd--;
    const first = text.charCodeAt(keyStart);
    const quoted = first === doubleQuote || first === singleQuote;
    const decoded = quoted ? decodeQuoted(text, keyStart, keyEnd) : text.slice(keyStart, keyEnd);
    if (decoded === undefined || (!quoted && decoded === '<<')) return refused;
    const key = quoted ? decoded : resolveKey(decoded, true, undefined);
    return key === undefined ? refused : { key, keyStart, keyEnd, colon, role: 'plain' };
  }

  #mapValue(colon: number, column: number, depth: number): SyntaxNode | Refused {
    let at = colon + 1;
    while (this.#text.charCodeAt(at) === space) at++;
    if (this.#isLineOver(at)) {
      if (!this.#endLine(colon + 1)) return refused;
      if (this.#column > column) return this.#node(column, depth + 1);
      // The dashes of a list may stand at the column of its key.
      if (this.#column === column && this.#isDash())
        return depth < maximumDepth ? this.#list(column, depth + 1) : refused;
      return unwritten(colon + 1);
    }
    if (this.#isBlockScalar(at)) return this.#blockScalar(at, column);
    return this.#inline(at, column, depth);
  }

  #isLineOver(at: number): boolean {
    const unit = this.#text.charCodeAt(at);
    return unit === lineFeed || unit === carriageReturn || at >= this.#text.length || unit === hash;
  }

  #isBlockScalar(at: number): boolean {
    const unit = this.#text.charCodeAt(at);
    return unit === 0x7c || unit === 0x3e;
  }

  #blockScalar(start: number, parent: number): SyntaxNode | Refused {
    const scalar = blockScalarAt(this.#text, start, parent);
    if (scalar === undefined) return refused;
    if (scalar.comment !== undefined) this.#comment(scalar.comment);
    if (!this.#findContent(scalar.next) || this.#column > parent) return refused;
    return {
      kind: 'scalar',
      style: scalar.style,
      start,
      end: scalar.end,
      ...bare(start),
      value: scalar.value,
    };
  }

  /** A scalar or brackets that end on their line. What goes on in the next line is not claimed. */
  #inline(start: number, parent: number, depth: number): SyntaxNode | Refused {
    const text = this.#text;
    const first = text.charCodeAt(start);
    let node: SyntaxNode | Refused;
    if (first === openBracket || first === openBrace) node = this.#flow(start, depth + 1);
    else if (first === doubleQuote || first === singleQuote) node = this.#quoted(start);
    else node = this.#plain(start, this.#plainEnd(start));
    if (node === refused || !this.#endLine(node.end) || this.#column > parent) return refused;
    return node;
  }

  #quoted(start: number): SyntaxScalar | Refused {
    const end = quotedEnd(this.#text, start);
    const value = end === undefined ? undefined : decodeQuoted(this.#text, start, end);
    if (end === undefined || value === undefined) return refused;
    const style = this.#text.charCodeAt(start) === doubleQuote ? 'double' : 'single';
    return { kind: 'scalar', style, start, end, ...bare(start), value };
  }

  /** undefined if a `: ` or a tab stands in it. */
  #plainEnd(start: number): number | undefined {
    const text = this.#text;
    const first = text.charCodeAt(start);
    if (notPlainStarts.has(first) || (first === dash && this.#isBlankOrEnd(start + 1))) return undefined;
    let end = start;
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === space) continue;
      if (unit === lineFeed || (unit === hash && text.charCodeAt(at - 1) === space)) break;
      if (unit === 9 || (unit === colonSign && this.#isBlankOrEnd(at + 1))) return undefined;
      if (unit !== carriageReturn) end = at + 1;
    }
    return end;
  }

  #plain(start: number, end: number | undefined): SyntaxScalar | Refused {
    if (end === undefined || end === start) return refused;
    const resolution = resolveScalar(this.#text.slice(start, end), true, undefined);
    if (resolution.kind === 'refused') return refused;
    return { kind: 'scalar', style: 'plain', start, end, ...bare(start), value: resolution.value };
  }

  #flow(start: number, depth: number): SyntaxNode | Refused {
    if (depth > maximumDepth) return refused;
    return this.#text.charCodeAt(start) === openBrace ? this.#flowMap(start, depth) : this.#flowList(start, depth);
  }

  #flowList(start: number, depth: number): SyntaxNode | Refused {
    const items: SyntaxNode[] = [];
    const itemStarts: number[] = [];
    let at = this.#skipSpaces(start + 1);
    while (this.#text.charCodeAt(at) !== closeBracket || items.length > 0) {
      const item = this.#flowValue(at, depth);
      if (item === refused) return refused;
      items.push(item);
      itemStarts.push(item.start);
      at = this.#skipSpaces(item.end);
      if (this.#text.charCodeAt(at) === closeBracket) break;
      if (this.#text.charCodeAt(at) !== comma) return refused;
      at = this.#skipSpaces(at + 1);
    }
    return { kind: 'list', flow: true, start, end: at + 1, ...bare(start), items, itemStarts, open: false };
  }

  #flowMap(start: number, depth: number): SyntaxNode | Refused {
    const pairs: SyntaxPair[] = [];
    let at = this.#skipSpaces(start + 1);
    while (this.#text.charCodeAt(at) !== closeBrace || pairs.length > 0) {
      const keyNode = this.#flowScalar(at);
      if (keyNode === refused) return refused;
      const colon = this.#skipSpaces(keyNode.end);
      if (this.#text.charCodeAt(colon) !== colonSign || this.#text.charCodeAt(colon + 1) !== space) return refused;
      const pair = this.#pair(at, colon);
      const value = this.#flowValue(this.#skipSpaces(colon + 1), depth);
      if (pair === refused || value === refused) return refused;
      pairs.push({ ...pair, value });
      at = this.#skipSpaces(value.end);
      if (this.#text.charCodeAt(at) === closeBrace) break;
      if (this.#text.charCodeAt(at) !== comma) return refused;
      at = this.#skipSpaces(at + 1);
    }
    markRepeatedKeys(pairs, this.problems);
    return { kind: 'map', flow: true, start, end: at + 1, ...bare(start), pairs, open: false };
  }

  #skipSpaces(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) === space) at++;
    return at;
  }

  #flowValue(start: number, depth: number): SyntaxNode | Refused {
    const first = this.#text.charCodeAt(start);
    return first === openBracket || first === openBrace ? this.#flow(start, depth + 1) : this.#flowScalar(start);
  }

  #flowScalar(start: number): SyntaxScalar | Refused {
    const text = this.#text;
    const first = text.charCodeAt(start);
    if (first === doubleQuote || first === singleQuote) return this.#quoted(start);
    if (notPlainStarts.has(first)) return refused;
    // `-x` and `--flag` are plain, `-` alone is an indicator.
    const dashes = first !== dash ? 0 : text.charCodeAt(start + 1) === dash ? 2 : 1;
    if (dashes > 0 && !isWordCharacter(text.charCodeAt(start + dashes))) return refused;
    let end = start;
    for (let at = start; ; at++) {
      const unit = text.charCodeAt(at);
      if (unit === space) continue;
      if (unit === comma || unit === closeBracket || unit === closeBrace) break;
      if (unit === colonSign) {
        const next = text.charCodeAt(at + 1);
        if (next === space) break;
        if (!isWordCharacter(next) && next !== 47) return refused;
      }
      // Brackets and comments within, and brackets over several lines.
      if (unit === openBracket || unit === openBrace || unit === hash || unit < space || at >= text.length)
        return refused;
      end = at + 1;
    }
    return this.#plain(start, end);
  }
}

/** ASCII letters, digits and underscores. */
function isWordCharacter(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95;
}

function bare(propertiesStart: number): { propertiesStart: number; anchor: undefined; tag: undefined } {
  return { propertiesStart, anchor: undefined, tag: undefined };
}

function unwritten(at: number): SyntaxScalar {
  return { kind: 'scalar', style: 'plain', start: at, end: at, ...bare(at), value: null };
}
