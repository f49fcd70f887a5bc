/** A whole English sentence with `{name}` placeholders, which is the key of its translations too, and what fills them. */
export interface Sentence {
  readonly text: string;
  readonly args: Readonly<Record<string, string | number>>;
}

export function sentence(text: string, args: Sentence['args'] = {}): Sentence {
  return { text, args };
}

export function inEnglish({ text, args }: Sentence): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}
