import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { allDescriptions, directiveContextAt, ignoreFileKeyword, ignoreKeyword } from '../../analysis/index.ts';
import type { TextSpan } from './textSpan.ts';

/**
 * Completion inside `# kubeharden-ignore <rule> [until=YYYY-MM-DD] -- reason` for a line and a column in it. Undefined
 * outside a directive. `today` is YYYY-MM-DD.
 */
export function completeDirective(line: string, column: number, today: string): TextSpan | undefined {
  const commentStart = /^(?:.*?\s)??(?=#)/.exec(line.slice(0, column))?.[0].length;
  if (commentStart === undefined) return undefined;
  const context = directiveContextAt(line.slice(commentStart), column - commentStart);
  switch (context?.kind) {
    case 'keyword':
      // A lone `#` begins any comment; only what begins our word is ours.
      return context.replace.start === context.replace.end
        ? undefined
        : spanOf(context.replace, commentStart, keywords);
    case 'rule': {
      const present = new Set(context.present);
      const rules = ruleItems().filter(({ label }) => !present.has(label));
      return spanOf(context.replace, commentStart, present.size === 0 ? rules : [...afterRule(today), ...rules]);
    }
    case 'date':
      return spanOf(context.replace, commentStart, [dateItem(inThreeMonths(today))]);
    case 'reason':
    case undefined:
      return undefined;
  }
}

function spanOf(replace: { start: number; end: number }, commentStart: number, items: CompletionItem[]): TextSpan {
  return { from: commentStart + replace.start, to: commentStart + replace.end, items };
}

const keywords: CompletionItem[] = [
  { label: ignoreKeyword, detail: 'Suppress a finding in the next line, block or document' },
  { label: ignoreFileKeyword, detail: 'Suppress a finding in the whole file' },
].map((item) => ({ ...item, kind: CompletionItemKind.Keyword, insertText: `${item.label} ` }));

function ruleItems(): CompletionItem[] {
  return allDescriptions()
    .filter(({ id }) => !id.startsWith('kubeharden/'))
    .map(({ id, summary }) => ({ label: id, kind: CompletionItemKind.EnumMember, detail: summary }));
}

function afterRule(today: string): CompletionItem[] {
  const until = `until=${inThreeMonths(today)}`;
  return [
    { label: '--', kind: CompletionItemKind.Operator, detail: 'The reason follows', insertText: '-- ', sortText: '0' },
    { ...dateItem(until), sortText: '1' },
  ];
}

function dateItem(label: string): CompletionItem {
  return { label, kind: CompletionItemKind.Value, detail: 'The finding shows again after this date' };
}

/** A date that is near enough to be met and far enough to get something done. */
function inThreeMonths(today: string): string {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 90);
  return date.toISOString().slice(0, 10);
}
