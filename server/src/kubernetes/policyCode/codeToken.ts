/** A token of Rego or CEL. Offsets are those of the decoded text. */
export interface CodeToken {
  /** Keywords are names too. `template` is a string with expressions in it, whose value is not known. */
  readonly kind: 'name' | 'string' | 'template' | 'number' | 'symbol';
  /** As written. */
  readonly text: string;
  /** Of a string, what it stands for; of everything else, what is written. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** Nothing but blanks and comments stands before it on its line. */
  readonly startsLine: boolean;
  /** Nothing at all stands between it and the token before it. */
  readonly isAdjacent: boolean;
}

/** How one language writes its strings, comments and names. */
export interface TokenPatterns {
  readonly comment: RegExp;
  readonly strings: readonly {
    readonly pattern: RegExp;
    readonly kind: 'string' | 'template';
    decode(text: string): string;
  }[];
  readonly name: RegExp;
  readonly number: RegExp;
  readonly symbol: RegExp;
}

/** Splits code into tokens. Takes anything: what belongs to no token becomes a symbol of one character. */
export function tokenize(code: string, patterns: TokenPatterns): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let at = 0;
  let startsLine = true;
  let end = -1;
  while (at < code.length) {
    const blank = match(/\s+/y, code, at) ?? match(patterns.comment, code, at);
    if (blank !== undefined) {
      startsLine ||= blank.includes('\n');
      at += blank.length;
      continue;
    }
    const token = tokenAt(code, at, patterns);
    tokens.push({ ...token, from: at, to: at + token.text.length, startsLine, isAdjacent: at === end });
    at += token.text.length;
    end = at;
    startsLine = false;
  }
  return tokens;
}

function tokenAt(code: string, at: number, patterns: TokenPatterns): Pick<CodeToken, 'kind' | 'text' | 'value'> {
  for (const { pattern, kind, decode } of patterns.strings) {
    const text = match(pattern, code, at);
    if (text !== undefined) return { kind, text, value: decode(text) };
  }
  for (const kind of ['name', 'number', 'symbol'] as const) {
    const text = match(patterns[kind], code, at);
    if (text !== undefined) return { kind, text, value: text };
  }
  const text = String.fromCodePoint(code.codePointAt(at) ?? 0);
  return { kind: 'symbol', text, value: text };
}

function match(pattern: RegExp, code: string, at: number): string | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(code)?.[0];
  return found === undefined || found === '' ? undefined : found;
}

const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** For each opening bracket the index of its closing one and the other way round; undefined if they do not match. */
export function matchBrackets(tokens: readonly CodeToken[]): ReadonlyMap<number, number> | undefined {
  const partners = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'symbol') continue;
    if (brackets[text] !== undefined) open.push(index);
    else if (text === ')' || text === ']' || text === '}') {
      const opening = open.pop();
      if (opening === undefined || brackets[tokens[opening]?.text ?? ''] !== text) return undefined;
      partners.set(opening, index);
      partners.set(index, opening);
    }
  }
  return open.length === 0 ? partners : undefined;
}
