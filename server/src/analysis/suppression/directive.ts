/** A part of a comment; offsets into the comment's text. */
export interface DirectivePart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * One of our comments:
 *
 * ```
 * # kubeharden-ignore <rule>[, <rule>...] [until=YYYY-MM-DD] -- reason
 * # kubeharden-ignore-file <rule>[, <rule>...] [until=YYYY-MM-DD] -- reason
 * ```
 */
export interface Directive {
  readonly keyword: DirectivePart;
  readonly isForFile: boolean;
  readonly rules: readonly DirectivePart[];
  /** The date as written, without `until=`. */
  readonly until: DirectivePart | undefined;
  readonly reason: DirectivePart | undefined;
}

export const ignoreKeyword = 'kubeharden-ignore';
export const ignoreFileKeyword = 'kubeharden-ignore-file';

const opening = /^#+\s*(kubeharden-ignore(?:-file)?)(?=\s|$)/;

/** Reads a comment (`#` included); undefined if it is not one of ours. What is wrong with it is for the caller to say. */
export function parseDirective(comment: string): Directive | undefined {
  const match = opening.exec(comment);
  const word = match?.[1];
  if (match === null || word === undefined) return undefined;
  const keywordEnd = match[0].length;
  const keyword = { text: word, start: keywordEnd - word.length, end: keywordEnd };
  const separator = /(?<=\s)--(?=\s|$)/.exec(comment.slice(keywordEnd));
  const headEnd = separator === null ? comment.length : keywordEnd + separator.index;

  const rules: DirectivePart[] = [];
  let until: DirectivePart | undefined;
  for (const token of comment.slice(0, headEnd).matchAll(/[^\s,]+/g)) {
    const start = token.index;
    if (start < keywordEnd) continue;
    const text = token[0];
    const end = start + text.length;
    if (text.startsWith('until=')) until = { text: text.slice('until='.length), start: start + 'until='.length, end };
    // Without a separator the rest may be prose: then only what looks like an id is one.
    else if (separator !== null || text.includes('/')) rules.push({ text, start, end });
  }
  return {
    keyword,
    isForFile: word === ignoreFileKeyword,
    rules,
    until,
    reason: separator === null ? undefined : reasonAfter(comment, headEnd + '--'.length),
  };
}

function reasonAfter(comment: string, start: number): DirectivePart | undefined {
  const rest = comment.slice(start);
  const text = rest.trim();
  if (text === '') return undefined;
  const from = start + rest.length - rest.trimStart().length;
  return { text, start: from, end: from + text.length };
}

/** What may be written at a position of a comment, for completion. */
export type DirectiveContext =
  /** `# kube|`: the keyword itself. */
  | { readonly kind: 'keyword'; readonly replace: { readonly start: number; readonly end: number } }
  /** A rule or `until=`; `present` are the ids that stand there already. */
  | {
      readonly kind: 'rule';
      readonly replace: { readonly start: number; readonly end: number };
      readonly present: readonly string[];
    }
  | { readonly kind: 'date'; readonly replace: { readonly start: number; readonly end: number } }
  | { readonly kind: 'reason' };

/** What belongs at an offset of a comment's text; undefined outside a directive. */
export function directiveContextAt(comment: string, offset: number): DirectiveContext | undefined {
  const directive = parseDirective(comment);
  if (directive === undefined || offset <= directive.keyword.end) {
    const typed = /^#+\s*([\w-]*)$/.exec(comment.slice(0, offset))?.[1];
    const begins = typed !== undefined && ignoreFileKeyword.startsWith(typed);
    return begins ? { kind: 'keyword', replace: { start: offset - typed.length, end: offset } } : undefined;
  }
  const before = comment.slice(0, offset);
  if (/\s--(\s|$)/.test(before.slice(directive.keyword.end))) return { kind: 'reason' };
  const start = offset - (/[^\s,]*$/.exec(before)?.[0].length ?? 0);
  const end = offset + (/^[^\s,]*/.exec(comment.slice(offset))?.[0].length ?? 0);
  if (comment.startsWith('until=', start)) return { kind: 'date', replace: { start: start + 'until='.length, end } };
  const present = directive.rules.filter((rule) => rule.start !== start).map((rule) => rule.text);
  return { kind: 'rule', replace: { start, end }, present };
}

/** The text of a directive comment. */
export function directiveText(keyword: string, rules: readonly string[], reason: string): string {
  return `# ${keyword} ${rules.join(', ')} -- ${reason.replace(/\s+/g, ' ').trim()}`;
}

/** True for an existing day written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
