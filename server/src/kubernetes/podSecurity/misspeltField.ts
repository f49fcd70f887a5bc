import { editDistance } from '../editDistance.ts';
import { type FieldPlace, fieldPlaces, knownFields } from './knownFields.ts';
import { isSecurityPlace } from './securityMaps.ts';

/** Known somewhere in a pod, so that at another place it is misplaced rather than misspelt. */
const fieldsOfPods: ReadonlySet<string> = new Set(fieldPlaces.filter(isSecurityPlace).flatMap(knownFields));

/**
 * The field of a place that an unknown `key` was meant to be, see {@link nearestField}. Undefined for known keys, for
 * fields that belong elsewhere in a pod and where nothing or more than one field is near.
 */
export function meantField(place: FieldPlace, key: string): string | undefined {
  const known = knownFields(place);
  if (known.includes(key)) return undefined;
  if (fieldsOfPods.has(key) && !isOtherCaseOf(known, key)) return undefined;
  return nearestField(known, key);
}

/**
 * The field itself, else the one that is equal but for case, else the only one within an edit distance of 2 (of 1 for keys
 * under five letters, where 2 would turn one word into another).
 */
export function nearestField(fields: readonly string[], key: string): string | undefined {
  if (fields.includes(key)) return key;
  const lowerCase = key.toLowerCase();
  const sameLetters = fields.find((field) => field.toLowerCase() === lowerCase);
  if (sameLetters !== undefined) return sameLetters;
  const limit = key.length < 5 ? 1 : 2;
  const near = fields.filter((field) => editDistance(lowerCase, field.toLowerCase(), limit + 1) <= limit);
  return near.length === 1 ? near[0] : undefined;
}

function isOtherCaseOf(fields: readonly string[], key: string): boolean {
  const lowerCase = key.toLowerCase();
  return fields.some((field) => field.toLowerCase() === lowerCase);
}
