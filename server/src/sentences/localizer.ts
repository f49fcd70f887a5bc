import type { Localize } from './say.ts';

/**
 * Speaks a language that VS Code has a bundle of (text to text, `{name}` for an argument); English without one.
 *
 * The package `@vscode/l10n` keeps its bundle in a global and reads files; a server has one language per connection and
 * gets its bundle from the client.
 */
export function createLocalizer(translations: Readonly<Record<string, string>> = {}): Localize {
  return (text, args = {}) => {
    const translated = Object.hasOwn(translations, text) ? translations[text] : undefined;
    return fill(typeof translated === 'string' ? translated : text, args);
  };
}

/** A placeholder without an argument stays as it is. */
function fill(text: string, args: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(args, name) ? String(args[name]) : whole));
}
