import type { ScalarStyle } from '../syntaxTree.ts';

/** Where a scalar is to stand, as far as that decides how it must be written. */
export interface ScalarSite {
  /** Inside `{}` or `[]`, where `,` and brackets end a plain scalar. */
  readonly flow: boolean;
  /** What the neighbours or the replaced scalar look like; strings are quoted at least so. */
  readonly quote: 'plain' | 'single' | 'double';
}

export const BLOCK_SITE: ScalarSite = { flow: false, quote: 'plain' };

/** The quoting to keep when a scalar of this style gives way to another. */
export function quoteOf(style: ScalarStyle): ScalarSite['quote'] {
  return style === 'single' || style === 'double' ? style : 'plain';
}

/** A scalar on one line that `sigs.k8s.io/yaml` reads back as exactly `value`. */
export function writeScalar(value: string | number | boolean | null, site: ScalarSite): string {
  if (typeof value !== 'string') return writeNumberOrWord(value);
  if (site.quote === 'double' || hasSpecialCharacters(value)) return doubleQuoted(value);
  if (site.quote === 'single') return singleQuoted(value);
  return isPlainSafe(value, site.flow) ? value : doubleQuoted(value);
}

export function doubleQuoted(value: string): string {
  // JSON's escapes are a subset of YAML's; the rest of what YAML calls not printable is escaped on top.
  return `"${escapeDoubleQuoted(value)}"`;
}

export function escapeDoubleQuoted(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(NOT_PRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function singleQuoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** YAML 1.2.2, production 1 (c-printable): DEL, C1 controls, line separators and the byte order mark need an escape. */
const NOT_PRINTABLE = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu;

/** Characters that only a double-quoted scalar can hold on one line. */
export function hasSpecialCharacters(value: string): boolean {
  return /[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff\ufffe\uffff]/u.test(value);
}

/** Whether a plain scalar of these characters is read back as this very string. */
export function isPlainSafe(value: string, flow: boolean): boolean {
  if (value === '' || hasSpecialCharacters(value) || value !== value.trim()) return false;
  // YAML 1.2.2, production 126 (ns-plain-first): indicators may not begin a plain scalar, `-?:` only before a non-space.
  if (/^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:\s|$))/.test(value)) return false;
  if (/:(?:\s|$)|\s#/.test(value)) return false;
  if (flow && /[,[\]{}]|^[-?:]|:$/.test(value)) return false;
  if (/^(?:---|\.\.\.)(?:\s|$)/.test(value)) return false;
  return !readsAsAnotherType(value);
}

/**
 * Whether some YAML parser in use around Kubernetes reads this plain scalar as something else than a string: the words of
 * YAML 1.1 (go-yaml v2, resolve.go, resolveMap), its numbers, and the base-60 numbers and dates that go-yaml itself keeps
 * as strings but quotes when it writes, for other readers' sake.
 */
function readsAsAnotherType(value: string): boolean {
  return (
    /^(?:y|yes|n|no|on|off|true|false|null|~|<<|=)$/i.test(value) ||
    /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-f_]+|\.inf|\.nan)$/i.test(value) ||
    /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?[\d_]+)?$/i.test(value) ||
    /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(value) ||
    /^\d{4}-\d\d?-\d\d?(?:$|[Tt\s])/.test(value)
  );
}

function writeNumberOrWord(value: number | boolean | null): string {
  if (typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written in a Kubernetes manifest`);
  return Object.is(value, -0) ? '0' : String(value);
}
