/** The offset after the closing quote; undefined if it is not on the line or a tab comes before it. */
export function quotedEnd(text: string, start: number): number | undefined {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 32) return undefined;
    if (unit === 0x5c && quote === 34) at++;
    else if (unit === quote) {
      if (quote === 34 || text.charCodeAt(at + 1) !== quote) return at + 1;
      at++;
    }
  }
  return undefined;
}

/** The text between the quotes at `start` and before `end`; undefined if it holds an escape that is not claimed. */
export function decodeQuoted(text: string, start: number, end: number): string | undefined {
  const inner = text.slice(start + 1, end - 1);
  if (text.charCodeAt(start) !== 34) return inner.includes("''") ? inner.replaceAll("''", "'") : inner;
  return inner.includes('\\') ? decodeEscapes(inner) : inner;
}

/** YAML 1.2, 5.7, without what go-yaml refuses (`\/`) and what joins lines. */
const escapes = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const hexadecimalLength = new Map([
  ['x', 2],
  ['u', 4],
]);
const hexadecimal = /^[0-9a-fA-F]+$/;

function decodeEscapes(inner: string): string | undefined {
  const parts: string[] = [];
  let copied = 0;
  for (let at = inner.indexOf('\\'); at >= 0; at = inner.indexOf('\\', copied)) {
    parts.push(inner.slice(copied, at));
    const letter = inner.charAt(at + 1);
    const length = hexadecimalLength.get(letter);
    if (length === undefined) {
      const decoded = escapes.get(letter);
      if (decoded === undefined) return undefined;
      parts.push(decoded);
      copied = at + 2;
      continue;
    }
    const digits = inner.slice(at + 2, at + 2 + length);
    const unit = Number.parseInt(digits, 16);
    if (digits.length < length || !hexadecimal.test(digits) || (unit >= 0xd800 && unit < 0xe000)) return undefined;
    parts.push(String.fromCharCode(unit));
    copied = at + 2 + length;
  }
  parts.push(inner.slice(copied));
  return parts.join('');
}
