import { asObject, asStrings, type RawObject } from '../../kubernetes/index.ts';
import { copies } from '../collection/stripObject.ts';
import { Secret, shownText } from '../connection/secret.ts';

/** What of a Secret must not be shown, line by line: its values, each plain and in Base64, and the annotations that repeat it. */
export function secretsIn(object: RawObject): readonly Secret[] {
  if (object.kind !== 'Secret') return [];
  const annotations = asStrings(asObject(object.metadata).annotations);
  const repeated = [...repeatingAnnotations(object)].map((name) => annotations[name] ?? '');
  // Who quotes the whole object quotes it as JSON.
  const quoted = repeated.map((text) => JSON.stringify(text).slice(1, -1));
  return [...valuesOf(object), ...repeated, ...quoted]
    .flatMap((text) => text.split('\n'))
    .map((line) => new Secret(line));
}

/** The names of a Secret's annotations that hold it or a value of it: those that are known, and what is packed or quoted. */
export function repeatingAnnotations(object: RawObject): ReadonlySet<string> {
  const values = valuesOf(object).map((value) => new Secret(value));
  const isRepeating = (name: string, text: string) =>
    copies.includes(name) || text.length > 256 || /^\s*[{[]/.test(text) || shownText(text, values) !== text;
  const annotations = Object.entries(asStrings(asObject(object.metadata).annotations));
  return new Set(annotations.flatMap(([name, text]) => (isRepeating(name, text) ? [name] : [])));
}

function valuesOf({ data, stringData }: RawObject): readonly string[] {
  const encoded = Object.values(asStrings(data));
  const plain = [...Object.values(asStrings(stringData)), ...encoded.map((text) => decoded(text))];
  return [...encoded, ...plain, ...plain.map((text) => Buffer.from(text).toString('base64'))];
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
