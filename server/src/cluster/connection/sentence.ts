/**
 * A whole English sentence with `{name}` placeholders, which is the key of its translations too, and what fills them.
 */
export interface Sentence {
  readonly text: string;
  readonly args: Readonly<Record<string, string | number>>;
  /** What the server or a plugin itself said; it follows as it is. Empty where they said nothing. */
  readonly said: string;
}

export function sentence(text: string, args: Sentence['args'] = {}, said = ''): Sentence {
  return { text, args, said };
}

export function inEnglish({ text, args, said }: Sentence): string {
  const filled = text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
  return said === '' ? filled : `${filled} ${said}`;
}
