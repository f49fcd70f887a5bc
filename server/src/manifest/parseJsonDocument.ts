import type { SyntaxProblem } from './manifestDocument.ts';
import type { ScalarValue } from './manifestNode.ts';
import { markRepeatedKeys } from './markRepeatedKeys.ts';
import { maximumDepth } from './parseYamlDocument.ts';
import type { SyntaxDocument, SyntaxNode, SyntaxPair } from './syntaxTree.ts';

/**
 * Parses a document that is JSON. Kubernetes' reader tries JSON first, which takes some things that YAML does not (tabs,
 * pairs of surrogates), and YAML if that fails.
 *
 * @returns undefined if the text is not JSON, or holds more than one value
 */
export function parseJsonDocument(text: string): SyntaxDocument | undefined {
  const reader = new JsonReader(text);
  try {
    const root = reader.document();
    return { root, problems: reader.problems, comments: [], partial: false, notChecked: undefined };
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    if (error instanceof TooDeep) {
      return { root: undefined, problems: [], comments: [], partial: true, notChecked: 'too-deep' };
    }
    throw error;
  }
}

class NotJson extends Error {}
class TooDeep extends Error {}

const space = /[ \t\r\n\uFEFF]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const stringToken = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const literalToken = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null/y;

class JsonReader {
  readonly problems: SyntaxProblem[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): SyntaxNode {
    this.#skipSpace();
    const root = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw new NotJson();
    return root;
  }

  #value(depth: number): SyntaxNode {
    if (depth > maximumDepth) throw new TooDeep();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#map(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#scalar(stringToken, 'double');
      default:
        return this.#scalar(literalToken, 'plain');
    }
  }

  #map(depth: number): SyntaxNode {
    const start = this.#at++;
    const pairs: SyntaxPair[] = [];
    for (this.#skipSpace(); !this.#take('}'); this.#skipSpace()) {
      if (pairs.length > 0) {
        this.#expect(',');
        this.#skipSpace();
      }
      const keyStart = this.#at;
      const key = String(JSON.parse(this.#token(stringToken)));
      const keyEnd = this.#at;
      this.#skipSpace();
      const colon = this.#at;
      this.#expect(':');
      this.#skipSpace();
      pairs.push({ key, keyStart, keyEnd, colon, value: this.#value(depth + 1), role: 'plain' });
    }
    markRepeatedKeys(pairs, this.problems);
    return { kind: 'map', flow: true, ...this.#from(start), pairs, open: false };
  }

  #list(depth: number): SyntaxNode {
    const start = this.#at++;
    const items: SyntaxNode[] = [];
    for (this.#skipSpace(); !this.#take(']'); this.#skipSpace()) {
      if (items.length > 0) {
        this.#expect(',');
        this.#skipSpace();
      }
      items.push(this.#value(depth + 1));
    }
    const itemStarts = items.map((item) => item.start);
    return { kind: 'list', flow: true, ...this.#from(start), items, itemStarts, open: false };
  }

  #scalar(token: RegExp, style: 'double' | 'plain'): SyntaxNode {
    const start = this.#at;
    const value: ScalarValue | null = JSON.parse(this.#token(token));
    return { kind: 'scalar', ...this.#from(start), style, value };
  }

  #from(start: number) {
    return { start, end: this.#at, propertiesStart: start, anchor: undefined, tag: undefined };
  }

  #skipSpace(): void {
    space.lastIndex = this.#at;
    space.test(this.#text);
    this.#at = space.lastIndex;
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw new NotJson();
  }

  #token(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) throw new NotJson();
    const token = this.#text.slice(this.#at, pattern.lastIndex);
    this.#at = pattern.lastIndex;
    return token;
  }
}
