import type { RawObject } from '../resources/serverDefaults.ts';

// Whatever comes over the wire is `unknown`. These read it: what has not the type that was hoped for is empty.

const nothing: RawObject = {};

export function isRawObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): RawObject {
  return isRawObject(value) ? value : nothing;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The pairs of a map whose values are strings: labels, annotations. */
export function asStrings(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asObject(value)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
