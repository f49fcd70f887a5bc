import type { ScalarValue } from './manifestNode.ts';

/*
 * Scalars as `sigs.k8s.io/yaml` v1.6 reads them: go.yaml.in/yaml/v2 (resolve.go, decode.go) and then JSON.
 */

/** What a scalar means: its value, or why Kubernetes cannot read it (a sentence). */
export type Resolution =
  | { readonly kind: 'value'; readonly value: ScalarValue | null }
  | { readonly kind: 'refused'; readonly value: ScalarValue | null; readonly reason: string };

const words = new Map<string, ScalarValue | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

const wordStarts = new Set('yYnNtTfFoO~');
const shortDecimal = /^[-+]?(?:0|[1-9][0-9]*)$/;
/** Groups: sign, then the digits in base 16, 2, 8 and 10. */
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const signedBinary = /^0b([-+])[01]+$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Where go-yaml leaves underscores to strconv.ParseFloat, they must stand between digits. */
const fraction = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

/** The value of a plain scalar without a tag. NaN and infinities are returned as such, although JSON has no room for them. */
export function resolvePlain(text: string): ScalarValue | null {
  if (text.length === 0) return null;
  const first = text.charCodeAt(0);
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46) return resolveNumber(text);
  if (text.length <= 5 && wordStarts.has(text.charAt(0))) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  return text;
}

function resolveNumber(text: string): ScalarValue {
  const word = words.get(text);
  if (typeof word === 'number') return word;
  if (text.startsWith('.')) return fraction.test(text) ? finiteOr(Number(text.replaceAll('_', '')), text) : text;
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  const whole = resolveInteger(digits);
  if (whole !== undefined) return whole;
  return float.test(digits) ? finiteOr(Number(digits), text) : text;
}

/** Integers of 64 bits, signed or unsigned; undefined for anything else (too large a decimal becomes a float). */
function resolveInteger(digits: string): number | undefined {
  if (digits.length <= 15 && shortDecimal.test(digits)) return Number(digits) + 0;
  const whole = exactInteger(digits);
  return whole === undefined ? undefined : Number(whole);
}

/** strconv.ParseInt and ParseUint with base 0, then go-yaml's own `0b` (which lets a sign follow the prefix). */
function exactInteger(digits: string): bigint | undefined {
  if (signedBinary.test(digits)) return exactInteger(`${digits.charAt(2)}0b${digits.slice(3)}`);
  const parts = integer.exec(digits);
  if (parts === null) return undefined;
  const [, sign, hexadecimal, binary, octal, decimal] = parts;
  const magnitude = BigInt(
    hexadecimal !== undefined
      ? `0x${hexadecimal}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : (decimal ?? '0'),
  );
  if (sign === '-') return magnitude <= 1n << 63n ? -magnitude : undefined;
  return magnitude < (sign === '+' ? 1n << 63n : 1n << 64n) ? magnitude : undefined;
}

function finiteOr(value: number, text: string): ScalarValue {
  return Number.isFinite(value) ? value : text;
}

const standardTag = 'tag:yaml.org,2002:';

/**
 * The value of a scalar of any style and tag.
 *
 * @param text the decoded text
 * @param plain whether it is written without quotes and not as a block
 * @param tag the resolved tag (`tag:yaml.org,2002:int`), undefined if none is written
 */
export function resolveScalar(text: string, plain: boolean, tag: string | undefined): Resolution {
  if (tag === undefined) return finite(plain ? resolvePlain(text) : text);
  if (!tag.startsWith(standardTag)) return { kind: 'value', value: text };
  const type = tag.slice(standardTag.length);
  switch (type) {
    case 'str':
      return { kind: 'value', value: text };
    case 'binary':
      return decodeBinary(text);
    case 'timestamp':
    case 'null':
    case 'bool':
    case 'int':
    case 'float':
      return resolveAs(type, text);
    default:
      return { kind: 'value', value: text };
  }
}

function resolveAs(type: 'timestamp' | 'null' | 'bool' | 'int' | 'float', text: string): Resolution {
  const value = resolvePlain(text);
  switch (type) {
    case 'timestamp':
      if (isTimestamp(text)) return { kind: 'value', value: text };
      break;
    case 'null':
      if (value === null) return { kind: 'value', value };
      break;
    case 'bool':
      if (typeof value === 'boolean') return { kind: 'value', value };
      break;
    case 'int':
      if (typeof value === 'number' && resolveInteger(text.replaceAll('_', '')) !== undefined) return finite(value);
      break;
    case 'float':
      // Integers above 63 bits are unsigned in Go, and those it does not turn into a float (resolve.go).
      if (typeof value === 'number' && !(Number.isInteger(value) && isUnsigned64(text))) return finite(value);
      break;
  }
  return { kind: 'refused', value, reason: `"${shorten(text)}" is not a value of type !!${type}.` };
}

function isUnsigned64(text: string): boolean {
  const whole = resolveInteger(text.replaceAll('_', ''));
  return whole !== undefined && whole >= 2 ** 63;
}

function finite(value: ScalarValue | null): Resolution {
  if (typeof value !== 'number' || Number.isFinite(value)) return { kind: 'value', value };
  return {
    kind: 'refused',
    value,
    reason:
      'Kubernetes turns YAML into JSON, which has no infinity and no "not a number". Quote the value if it is text.',
  };
}

function decodeBinary(text: string): Resolution {
  const compact = text.replace(/[\r\n]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    return { kind: 'refused', value: text, reason: 'The value is tagged !!binary but is not base64.' };
  }
  return {
    kind: 'value',
    value: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(atob(compact), (c) => c.charCodeAt(0))),
  };
}

const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?))?$/;

function isTimestamp(text: string): boolean {
  const parts = timestamp.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour, minute, second] = [4, 5, 6].map((index) => Number(parts[index] ?? parts[index + 3] ?? 0));
  const inMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= inMonth &&
    (hour ?? 0) < 24 &&
    (minute ?? 0) < 60 &&
    (second ?? 0) < 60
  );
}

/**
 * The key of a map as text (sigs.k8s.io/yaml, convertToJSONableObject); undefined for what cannot be a key: null, and
 * integers of 64 bits without sign.
 */
export function resolveKey(text: string, plain: boolean, tag: string | undefined): string | undefined {
  const { value } = resolveScalar(text, plain, tag);
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number': {
      const whole = tag?.endsWith(':float') ? undefined : exactInteger(text.replaceAll('_', ''));
      if (whole === undefined) return floatText(value);
      return whole >= 1n << 63n ? undefined : whole.toString();
    }
    default:
      return undefined;
  }
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`, with YAML's names for what is not finite. */
export function floatText(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (single === Number.POSITIVE_INFINITY) return '.inf';
  if (single === Number.NEGATIVE_INFINITY) return '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  let scientific = single.toExponential(8);
  for (let precision = 0; precision < 8; precision++) {
    const candidate = single.toExponential(precision);
    if (Math.fround(Number(candidate)) === single) {
      scientific = candidate;
      break;
    }
  }
  const [mantissa = '', exponentText = '0'] = scientific.split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return Number(scientific).toString();
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent).toString().padStart(2, '0')}`;
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
