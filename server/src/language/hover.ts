import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { Finding } from '../analysis/index.ts';
import type { FixClass } from '../rules/index.ts';
import { oneLine } from '../sentences/index.ts';
import type { LanguageServices } from './languageServices.ts';
import type { OpenDocument } from './openDocuments.ts';
import { referenceNames, ruleUrl } from './ruleLinks.ts';

/** More findings than this at one place are counted, to stay within about fifteen lines. */
const maxFindings = 3;

export const fixClassSentences: Readonly<Record<FixClass, string>> = {
  safe: 'Fix: safe, behaviour stays the same.',
  hardening: 'Fix: hardening, the running workload may notice it.',
  review: 'Fix: needs a review before it is applied.',
  input: 'Fix: needs your input.',
  none: 'No fix: what is right depends on what you want.',
};

/** What the rules behind the findings at a position say; nothing where no finding is. */
export function hoverAt(services: LanguageServices, document: OpenDocument, position: Position): Hover | undefined {
  const here = services.findingsOf(document).filter((finding) => covers(finding, position));
  const [first] = here;
  if (first === undefined) return undefined;
  const isMarkdown = services.abilities.markdownHover;
  const findings = [...new Map(here.map((finding) => [finding.ruleId, finding])).values()];
  const sections = findings.slice(0, maxFindings).map((finding) => describe(services, finding, isMarkdown));
  const more = findings.length - maxFindings;
  if (more > 0) sections.push(services.localize('{count} more rules apply here.', { count: more }));
  return {
    contents: { kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: sections.join('\n\n') },
    range: first.range,
  };
}

/** Three lines: title, why, and what there is beside. */
function describe({ localize }: LanguageServices, { description }: Finding, isMarkdown: boolean): string {
  const why = localize(oneLine(description.why));
  const summary = localize(description.summary);
  const fix = localize(fixClassSentences[description.fixClass]);
  const references = referenceNames(description.references).join(', ');
  const facts = references === '' ? fix : `${fix} ${references}.`;
  return isMarkdown
    ? `**${summary}** \`${description.id}\`\n\n${withoutHtml(why)}\n\n${facts} [${localize('Documentation')}](${ruleUrl(description.id)})`
    : `${summary} (${description.id})\n${why}\n${facts} ${ruleUrl(description.id)}`;
}

/** Angle brackets outside code spans, which Markdown would take for HTML. */
export function withoutHtml(markdown: string): string {
  return markdown
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('');
}

function covers({ range: { start, end } }: Finding, { line, character }: Position): boolean {
  const afterStart = line > start.line || (line === start.line && character >= start.character);
  return afterStart && (line < end.line || (line === end.line && character <= end.character));
}
