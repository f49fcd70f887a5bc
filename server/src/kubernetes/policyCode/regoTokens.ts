import { type CodeToken, type TokenPatterns, tokenize } from './codeToken.ts';

/** Rego's lexical grammar (OPA v1/ast/internal/scanner/scanner.go): a string ends on its line, a raw string need not. */
const patterns: TokenPatterns = {
  comment: /#[^\n]*/y,
  strings: [
    { pattern: /\$"(?:[^"\\\n]|\\.)*"/y, kind: 'template', decode: (text) => text },
    { pattern: /\$`[^`]*`/y, kind: 'template', decode: (text) => text },
    { pattern: /"(?:[^"\\\n]|\\.)*"/y, kind: 'string', decode: decodeJsonString },
    { pattern: /`[^`]*`/y, kind: 'string', decode: (text) => text.slice(1, -1) },
  ],
  name: /[A-Za-z_][A-Za-z0-9_]*/y,
  number: /-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?/y,
  symbol: /:=|==|!=|<=|>=/y,
};

export function regoTokens(code: string): readonly CodeToken[] {
  return tokenize(code, patterns);
}

function decodeJsonString(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
