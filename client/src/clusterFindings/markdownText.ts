/**
 * Text of a cluster or a file as Markdown that shows it as it is, whatever is in it: any ASCII punctuation may be escaped
 * (CommonMark, 2.4). `MarkdownString.appendText` does so too, but glues all words together with no-break spaces.
 */
export function markdownText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Text as a code span. Within one only its own end means anything. */
export function markdownCode(text: string): string {
  return `\`${text.replaceAll(/[`\s]+/g, ' ').trim()}\``;
}
