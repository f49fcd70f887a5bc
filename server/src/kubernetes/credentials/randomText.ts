/** Random-looking texts that are no credential: UUIDs, digests and hashes of the usual lengths in hexadecimal. */
const identifiers: readonly RegExp[] = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /@sha\d+:/,
  /^(?:v?\d+\.)+\d+/,
];

/** Below this length a text of several kinds of characters may well be a name. */
const shortest = 16;

/** Bits for each character; English words stay below three and a half, random base64 of 20 characters lies about four. */
const leastEntropy = 3.4;
const leastHexEntropy = 2.8;

/** Whether the text looks drawn at random: long, without spaces, of mixed characters, with a high entropy. */
export function looksRandom(text: string): boolean {
  if (text.length < shortest || /\s/.test(text) || identifiers.some((form) => form.test(text))) return false;
  if (/^[0-9a-f]+$/i.test(text)) return text.length >= 32 && entropy(text.toLowerCase()) >= leastHexEntropy;
  if (!/^[A-Za-z0-9+/=_.~!@#$%^&*-]+$/.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
  // Words joined by hyphens or dots change between letters and digits seldom, and between cases too.
  return kinds >= 2 && changes(text) >= text.length / 5 && entropy(text) >= leastEntropy;
}

/** Shannon entropy in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How often the kind of character (small, capital, digit) changes from one to the next. */
function changes(text: string): number {
  const kindOf = (character: string): string =>
    /[a-z]/.test(character) ? 'small' : /[A-Z]/.test(character) ? 'capital' : /\d/.test(character) ? 'digit' : '';
  let count = 0;
  let last = '';
  for (const character of text) {
    const kind = kindOf(character);
    if (kind === '') continue;
    if (last !== '' && kind !== last) count++;
    last = kind;
  }
  return count;
}
