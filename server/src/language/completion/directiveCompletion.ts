import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { allDescriptions } from '../../analysis/index.ts';
import type { TextSpan } from './textSpan.ts';

/**
 * Completion inside `# kubeharden-ignore <rule> [until=YYYY-MM-DD] -- reason`. `line` is the text before the cursor;
 * the answer tells from which column on the items replace it. Undefined outside a directive.
 */
export function completeDirective(line: string, today: string): TextSpan | undefined {
  const comment = /(?:^|\s)#\s*(\S*)$/.exec(line);
  const word = comment?.[1];
  if (word !== undefined && word !== '' && directiveName.startsWith(word)) {
    return { from: line.length - word.length, items: [directiveItem] };
  }
  const directive = /(?:^|\s)#\s*kubeharden-ignore\s+(.*)$/.exec(line);
  const rest = directive?.[1];
  if (rest === undefined || /(^|\s)--/.test(rest)) return undefined;
  const typed = /\S*$/.exec(rest)?.[0] ?? '';
  const from = line.length - typed.length;
  const isFirst = rest.trim() === typed;
  return { from, items: isFirst ? ruleItems() : afterRule(rest, today) };
}

const directiveName = 'kubeharden-ignore';

const directiveItem: CompletionItem = {
  label: directiveName,
  kind: CompletionItemKind.Keyword,
  detail: 'Suppress a finding, with a reason',
  insertText: `${directiveName} `,
};

export function ruleItems(): CompletionItem[] {
  return allDescriptions()
    .filter(({ id }) => !id.startsWith('kubeharden/'))
    .map(({ id, summary, severity }) => ({
      label: id,
      kind: CompletionItemKind.EnumMember,
      detail: summary,
      documentation: `${severity}: ${summary}`,
    }));
}

function afterRule(rest: string, today: string): CompletionItem[] {
  const reason: CompletionItem = {
    label: '--',
    kind: CompletionItemKind.Operator,
    detail: 'The reason follows',
    insertText: '-- ',
  };
  if (rest.includes('until=') && !rest.endsWith('until=')) return [reason];
  return [
    {
      label: `until=${inThreeMonths(today)}`,
      kind: CompletionItemKind.Property,
      detail: 'The finding shows again after this date',
    },
    reason,
  ];
}

/** A date that is near enough to be met and far enough to get something done. */
function inThreeMonths(today: string): string {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 90);
  return date.toISOString().slice(0, 10);
}
