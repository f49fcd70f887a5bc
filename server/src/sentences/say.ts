import { createLocalizer } from './localizer.ts';
import { type Argument, isSentence, type Sentence, sentence, type Words } from './sentence.ts';

/**
 * Says a text in the user's language. The key is the English text itself with `{name}` placeholders, so that whatever is
 * not translated still reads.
 */
export type Localize = (text: string, args?: Readonly<Record<string, string | number>>) => string;

/** Puts a sentence into words. What somebody else said stays as it is. */
export function say(words: Words, localize: Localize): string {
  if (typeof words === 'string') return words;
  const { text, args = {} } = words;
  const filling = Object.entries(args).map(([name, argument]) => [name, sayArgument(argument, localize)] as const);
  return localize(text, Object.fromEntries(filling));
}

const english = createLocalizer();

export function inEnglish(words: Words): string {
  return say(words, english);
}

function sayArgument(argument: Argument, localize: Localize): string | number {
  if (typeof argument === 'number') return argument;
  // What fills a sentence must not break its line.
  if (typeof argument === 'string') return argument.replace(/\s+/g, ' ');
  return isSentence(argument) ? say(argument, localize) : sayList(argument, localize);
}

/** `a, b and c`: the way from item to item is a translator's. */
function sayList(items: readonly Argument[], localize: Localize): string | number {
  const said = items.map((item) => sayArgument(item, localize));
  const last = said.pop();
  if (last === undefined) return '';
  if (said.length === 0) return last;
  const before = said.reduce((items, next) => say(sentence('{items}, {next}', { items, next }), localize));
  return say(sentence('{items} and {last}', { items: before, last }), localize);
}

/** What was said of a value, JSON all through: sentences are words in it, and the arguments of messages what they were. */
export type Spoken<T> = T extends Sentence
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Spoken<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Key extends 'args' ? T[Key] : Spoken<T[Key]> }
      : T;

/** A copy of a value, JSON all through, with every sentence in it put into words. */
export function sayAll<T>(value: T, localize: Localize): Spoken<T> {
  return spoken(value, localize) as Spoken<T>;
}

function spoken(value: unknown, localize: Localize): unknown {
  if (Array.isArray(value)) return value.map((item) => spoken(item, localize));
  if (typeof value !== 'object' || value === null) return value;
  if (isSentence(value)) return say(value, localize);
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, inner]) => [key, key === 'args' ? inner : spoken(inner, localize)]));
}
