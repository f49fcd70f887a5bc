/**
 * Says a sentence in the user's language. The key is the English sentence itself with `{name}` placeholders, so that
 * whatever is not translated still reads.
 */
export type Localize = (sentence: string, args?: Readonly<Record<string, string | number>>) => string;

export function createLocalizer(translations: Readonly<Record<string, string>> = {}): Localize {
  return (sentence, args = {}) => {
    const translated = translations[sentence];
    return fill(typeof translated === 'string' ? translated : sentence, args);
  };
}

function fill(sentence: string, args: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}
