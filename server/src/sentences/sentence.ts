/**
 * A whole English sentence with `{name}` placeholders, which is the key of its translations too, and what fills them.
 * Plain JSON: sentences travel from one process to another and are put into words by whoever shows them.
 */
export interface Sentence {
  readonly text: string;
  /** Absent where the text has no placeholders. */
  readonly args?: Readonly<Record<string, Argument>>;
}

/**
 * What fills a placeholder: a name or a number, which is the same in every language, a phrase, which is translated by
 * itself, or several, which read `a, b and c`.
 */
export type Argument = string | number | Sentence | readonly Argument[];

/** Words of ours, or what somebody else said (a server, a credential plugin), which is shown as it is. */
export type Words = string | Sentence;

/** `'count' | 'name'` for `'{count} pods of {name}'`. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Filling<Text extends string> = [Placeholders<Text>] extends [never]
  ? []
  : [args: Readonly<Record<Placeholders<Text>, Argument>>];

/**
 * A sentence with what fills its placeholders. The text is written as a literal, where the bundle of sentences to translate
 * finds it.
 *
 * A translator cannot inflect what a placeholder brings: a count of one has a sentence of its own where English wants it.
 */
export function sentence<Text extends string>(text: Text, ...filling: Filling<Text>): Sentence;
export function sentence(text: string, args?: Readonly<Record<string, Argument>>): Sentence {
  return args === undefined ? { text } : { text, args };
}

/** A part of a sentence that is translated by itself: `the version`, `no use of it is recorded`. */
export const phrase = sentence;

/** One after the other; what is empty is left out. */
export function together(first: Sentence, ...others: readonly Words[]): Sentence {
  return others
    .filter((words) => words !== '')
    .reduce<Sentence>((before, next) => sentence('{before} {next}', { before, next }), first);
}

/** Prose without the line breaks of its source, which is also the key of its translation. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

export function isSentence(value: unknown): value is Sentence {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}
