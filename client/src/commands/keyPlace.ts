/**
 * What stands in the value of a line `secret: ...` of an EncryptionConfiguration: a working key, something to replace
 * (from column `start` to `end`; `afterColon` is where the colon ends), or the line is no such line.
 */
export type KeyPlace =
  | { readonly kind: 'key' }
  | { readonly kind: 'placeholder'; readonly start: number; readonly end: number; readonly afterColon: number }
  | { readonly kind: 'none' };

/** AES keys have 16, 24 or 32 bytes; secretbox takes 32 (apiserver, options/encryptionconfig). */
const keyLengths = [16, 24, 32];

export function findKeyPlace(line: string): KeyPlace {
  const match = /^(?<head>\s*(?:- )?\s*secret:)(?<gap>\s*)(?<value>.*?)\s*(?:\s#.*)?$/.exec(line);
  if (match?.groups === undefined) return { kind: 'none' };
  const { head = '', gap = '', value = '' } = match.groups;
  if (isKey(value.replace(/^["']|["']$/g, ''))) return { kind: 'key' };
  const start = head.length + gap.length;
  return { kind: 'placeholder', start, end: start + value.length, afterColon: head.length };
}

function isKey(value: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(value) && keyLengths.includes(Buffer.from(value, 'base64').length);
}
