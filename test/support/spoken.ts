import { createLocalizer, type Spoken, sayAll } from '../../server/src/sentences/index.ts';

const english = createLocalizer();

/** A copy of a value with every sentence in it in English words. */
export function spoken<T>(value: T): Spoken<T> {
  return sayAll(value, english);
}
