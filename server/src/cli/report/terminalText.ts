/**
 * Text from a manifest as it may safely be shown on a terminal: escape sequences would be obeyed and bidirectional
 * controls would show another text than the one judged ("Trojan Source", CVE-2021-42574), so each such character is
 * shown as a visible stand-in of the same width. Tabs stay.
 */
export function visible(text: string): string {
  return text.replace(unsafeCharacters, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u{FFFD}';
  });
}

// Control characters without tab; bidirectional marks, embeddings, overrides and isolates; line and paragraph separators.
const unsafeCharacters = /(?!\t)[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** Columns that a text takes on a terminal. East Asian wide characters and emoji take two, combining marks none. */
export function terminalWidth(text: string): number {
  let width = 0;
  for (const character of text) width += narrow.test(character) ? 1 : widthOf(character);
  return width;
}

const narrow = /^[\u0020-\u02FF]$/u;
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]$/u;

function widthOf(character: string): number {
  if (zeroWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

export type Style = 'error' | 'warning' | 'info' | 'strong' | 'faint';
export type Paint = (style: Style, text: string) => string;

// Select Graphic Rendition parameters of ECMA-48: 1 bold, 2 faint, 31 red, 33 yellow, 36 cyan.
const renditions: Readonly<Record<Style, string>> = {
  error: '1;31',
  warning: '1;33',
  info: '1;36',
  strong: '1',
  faint: '2',
};

export const plainPaint: Paint = (_style, text) => text;
export const colorPaint: Paint = (style, text) => `\u001B[${renditions[style]}m${text}\u001B[0m`;
