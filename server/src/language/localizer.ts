/**
 * Says a sentence in the user's language. The key is the English sentence itself with `{name}` placeholders, so that
 * whatever is not translated still reads.
 *
 * Bundles are those of `@vscode/l10n` (sentence to sentence, `{name}` for an argument). That package itself keeps its
 * bundle in a global and reads files; a server has one language per connection and gets its bundle from the client.
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
