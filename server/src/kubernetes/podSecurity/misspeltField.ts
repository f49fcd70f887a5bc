import { type FieldPlace, fieldPlaces, knownFields } from './knownFields.ts';
import { isSecurityPlace } from './securityMaps.ts';

/** Known somewhere in a pod, so that at another place it is misplaced rather than misspelt. */
const fieldsOfPods: ReadonlySet<string> = new Set(fieldPlaces.filter(isSecurityPlace).flatMap(knownFields));

/**
 * The field that an unknown `key` was meant to be: equal but for case, else the only one within an edit distance of 2
 * (of 1 for keys under five letters, where 2 would turn one word into another). Undefined for known keys, for fields
 * that belong elsewhere in a pod and where nothing or more than one field is near.
 */
export function meantField(place: FieldPlace, key: string): string | undefined {
  const known = knownFields(place);
  if (known.includes(key)) return undefined;
  const lowerCase = key.toLowerCase();
  const sameLetters = known.find((field) => field.toLowerCase() === lowerCase);
  if (sameLetters !== undefined) return sameLetters;
  if (fieldsOfPods.has(key)) return undefined;
  const limit = key.length < 5 ? 1 : 2;
  const near = known.filter((field) => isWithinDistance(lowerCase, field.toLowerCase(), limit));
  return near.length === 1 ? near[0] : undefined;
}

/** Levenshtein distance of at most `limit`, row by row. */
function isWithinDistance(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution));
    }
    if (Math.min(...row) > limit) return false;
    previous = row;
  }
  return (previous[b.length] ?? Number.POSITIVE_INFINITY) <= limit;
}
