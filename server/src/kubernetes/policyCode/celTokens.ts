import { type CodeToken, type TokenPatterns, tokenize } from './codeToken.ts';

const escapeSequence = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs;
const controls: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** CEL's lexical grammar (google/cel-spec, doc/langdef.md, Syntax). Bytes literals read as strings. */
const patterns: TokenPatterns = {
  comment: /\/\/[^\n]*/y,
  strings: [
    {
      pattern: /(?:[bB]?[rR]|[rR][bB])(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n]*"|'[^'\n]*')/y,
      kind: 'string',
      decode: raw,
    },
    { pattern: /[bB]?(?:"""(?:\\.|[^\\])*?"""|'''(?:\\.|[^\\])*?''')/sy, kind: 'string', decode: unescaped },
    { pattern: /[bB]?(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/y, kind: 'string', decode: unescaped },
  ],
  name: /[A-Za-z_][A-Za-z0-9_]*/y,
  number: /0x[0-9a-fA-F]+u?|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?u?|\.\d+(?:[eE][-+]?\d+)?/y,
  symbol: /==|!=|<=|>=|&&|\|\|/y,
};

export function celTokens(code: string): readonly CodeToken[] {
  return tokenize(code, patterns);
}

function raw(text: string): string {
  const quoted = text.replace(/^[bBrR]+/, '');
  const length = /^("""|''')/.test(quoted) ? 3 : 1;
  return quoted.slice(length, -length);
}

function unescaped(text: string): string {
  return raw(text).replaceAll(
    escapeSequence,
    (_, x?: string, u?: string, long?: string, octal?: string, letter = '') => {
      const hex = x ?? u ?? long;
      if (hex === undefined && octal === undefined) return controls[letter] ?? letter;
      const point = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '';
    },
  );
}
