import { type CodeReference, readReferences } from './codeReference.ts';
import { type CodeToken, matchBrackets } from './codeToken.ts';
import { regoTokens } from './regoTokens.ts';

/** Tokens [from, to). */
export interface TokenSpan {
  readonly from: number;
  readonly to: number;
}

/** A body of a rule, with what stands before it: the head, or `else` and its value. */
export interface RegoBody extends TokenSpan {
  /** What the body belongs to begins here. */
  readonly head: number;
  /** In braces; otherwise one expression after `if`. */
  readonly isBraced: boolean;
  readonly hasIf: boolean;
}

export interface RegoRule extends TokenSpan {
  /** The name as written: `deny`, `lib.allowed`. */
  readonly name: string;
  /** The tokens of the name. */
  readonly nameEnd: number;
  /** What a partial rule collects: the term in the brackets of `deny[msg]` (then `isBracketed`) or after `contains`. */
  readonly key: (TokenSpan & { readonly isBracketed: boolean }) | undefined;
  /** The head gives a value: `= value` or `:= value`. */
  readonly hasValue: boolean;
  readonly bodies: readonly RegoBody[];
}

/** As much of the structure of a Rego module as judgements about image policies need. */
export interface RegoModule {
  readonly code: string;
  readonly tokens: readonly CodeToken[];
  /** Brackets that belong together, by index. */
  readonly partners: ReadonlyMap<number, number>;
  /** Joined by dots: `kubernetes.admission`. */
  readonly package: string;
  /** Where another import would go: the offset after the last import, else the package, comments on its line included. */
  readonly importsEnd: number;
  /** Joined by dots: `future.keywords.in`, `rego.v1`. */
  readonly imports: readonly string[];
  readonly rules: readonly RegoRule[];
  readonly references: readonly CodeReference[];
}

/** Reads a Rego module (OPA, docs: policy-reference, Grammar), of either syntax. undefined if it is no module, or cut off. */
export function parseRegoModule(code: string): RegoModule | undefined {
  const tokens = regoTokens(code);
  const partners = matchBrackets(tokens);
  if (partners === undefined || tokens[0]?.text !== 'package') return undefined;
  return new RegoReader(code, tokens, partners).read();
}

const infix = new Set(['=', ':=', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', '&', '|', ',', '.', ':']);

class RegoReader {
  readonly #code: string;
  readonly #tokens: readonly CodeToken[];
  readonly #partners: ReadonlyMap<number, number>;
  #at = 0;

  constructor(code: string, tokens: readonly CodeToken[], partners: ReadonlyMap<number, number>) {
    this.#code = code;
    this.#tokens = tokens;
    this.#partners = partners;
  }

  read(): RegoModule {
    let name = '';
    let importsEnd = 0;
    const imports: string[] = [];
    const rules: RegoRule[] = [];
    while (this.#at < this.#tokens.length) {
      const start = this.#at;
      switch (this.#text()) {
        case 'package':
        case 'import': {
          this.#skipLine();
          const path = this.#path(start + 1);
          if (this.#tokens[start]?.text === 'package') name = path;
          else imports.push(path);
          importsEnd = this.#lineEnd();
          break;
        }
        case 'default':
          this.#skipLine();
          break;
        default: {
          const rule = this.#rule();
          if (rule !== undefined) rules.push(rule);
        }
      }
      if (this.#at === start) this.#at += 1;
    }
    return {
      code: this.#code,
      tokens: this.#tokens,
      partners: this.#partners,
      package: name,
      importsEnd,
      imports,
      rules,
      references: readReferences(this.#tokens, this.#partners),
    };
  }

  #text(index = this.#at): string {
    return this.#tokens[index]?.text ?? '';
  }

  /** The end of the line that the tokens so far end on, or their end where another statement stands on it. */
  #lineEnd(): number {
    const end = this.#tokens[this.#at - 1]?.to ?? this.#code.length;
    if (this.#tokens[this.#at]?.startsLine === false) return end;
    const lineBreak = /\r?\n|$/g;
    lineBreak.lastIndex = end;
    return lineBreak.exec(this.#code)?.index ?? end;
  }

  /** The name or path at a token, without its alias. */
  #path(from: number): string {
    const parts: string[] = [];
    for (let at = from; at < this.#at && this.#text(at) !== 'as'; at++) {
      const token = this.#tokens[at];
      if (token?.kind === 'name' || token?.kind === 'string') parts.push(token.value);
    }
    return parts.join('.');
  }

  /** To the next statement at the outermost level. */
  #skipLine(): void {
    this.#skipTerm();
    while (this.#at < this.#tokens.length && !this.#endsLine()) this.#skipTerm();
  }

  /** The token here begins a line and does not go on with what stands before it. */
  #endsLine(): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.text === ';') return true;
    if (!token.startsLine) return false;
    return !infix.has(this.#text(this.#at - 1)) && !infix.has(token.text);
  }

  #skipTerm(): void {
    this.#at = (this.#opens(this.#at) ? (this.#partners.get(this.#at) ?? this.#at) : this.#at) + 1;
  }

  #opens(index: number): boolean {
    return ['(', '[', '{'].includes(this.#text(index));
  }

  #rule(): RegoRule | undefined {
    const from = this.#at;
    if (this.#tokens[from]?.kind !== 'name') return undefined;
    this.#at += 1;
    while (this.#text() === '.' && this.#tokens[this.#at + 1]?.kind === 'name') this.#at += 2;
    const nameEnd = this.#at;
    let key: RegoRule['key'];
    let hasValue = false;
    const bodies: RegoBody[] = [];
    if (this.#text() === '[') {
      const close = this.#partners.get(this.#at) ?? this.#at;
      key = { from: this.#at + 1, to: close, isBracketed: true };
    }
    let head = from;
    let hasIf = false;
    for (;;) {
      const text = this.#text();
      if (text === '{') {
        this.#skipTerm();
        bodies.push({ head, from: this.#partner(this.#at - 1) + 1, to: this.#at - 1, isBraced: true, hasIf });
        head = this.#at;
        hasIf = false;
      } else if (text === 'if') {
        this.#at += 1;
        hasIf = true;
        if (this.#text() === '{' && !this.#isTerm(this.#partner(this.#at) + 1)) continue;
        const start = this.#at;
        this.#skipLine();
        bodies.push({ head, from: start, to: this.#at, isBraced: false, hasIf });
        head = this.#at;
        hasIf = false;
      } else if (text === 'contains' && key === undefined) {
        const start = this.#at + 1;
        this.#term(start);
        key = { from: start, to: this.#at, isBracketed: false };
      } else if (text === '=' || text === ':=') {
        hasValue ||= bodies.length === 0;
        this.#term(this.#at + 1);
      } else if (text === 'else') {
        head = this.#at;
        this.#at += 1;
      } else if (text === '' || (this.#endsLine() && this.#at > from)) break;
      else this.#skipTerm();
    }
    const name = this.#code.slice(this.#tokens[from]?.from, this.#tokens[nameEnd - 1]?.to);
    return { from, to: this.#at, name, nameEnd, key, hasValue, bodies };
  }

  #partner(index: number): number {
    return this.#partners.get(index) ?? index;
  }

  /** A set or a comprehension after `if` is an expression if an operator or an index goes on with it. */
  #isTerm(index: number): boolean {
    const token = this.#tokens[index];
    return token !== undefined && (infix.has(token.text) || (token.text === '[' && token.isAdjacent));
  }

  /** Reads a term and what its operators join to it: up to `if`, a body, or the end of the line. */
  #term(start: number): void {
    this.#at = start;
    this.#skipTerm();
    while (this.#at < this.#tokens.length && !this.#endsLine()) {
      const text = this.#text();
      const goesOn = infix.has(text) || infix.has(this.#text(this.#at - 1));
      if (text === 'if' || text === 'else' || (text === '{' && !goesOn)) return;
      this.#skipTerm();
    }
  }
}
