import type { ManifestDocument } from '../../manifest/index.ts';
import type { Fix } from '../../rules/index.ts';
import { type SourceEdit, sourceFix } from '../fixing/sourceFix.ts';
import { lineEndAt, lineStartAt } from './commentScope.ts';
import type { Directive } from './directive.ts';
import type { SuppressedRule, SuppressionOrigin } from './suppression.ts';

/** Takes a comment out: its whole line if it has one to itself, else with the white space before it. */
export function removeComment(document: ManifestDocument, commentStart: number): SourceEdit {
  const { text } = document;
  const lineStart = lineStartAt(text, commentStart);
  const newline = lineEndAt(text, commentStart);
  const lineEnd = text[newline - 1] === '\r' ? newline - 1 : newline;
  const before = text.slice(lineStart, commentStart).trimEnd();
  if (before === '') return { document, start: lineStart, end: Math.min(newline + 1, text.length), text: '' };
  return { document, start: lineStart + before.length, end: lineEnd, text: '' };
}

/** Takes one rule out of a directive, or the directive if it names no other. */
export function removeRule(
  document: ManifestDocument,
  commentStart: number,
  directive: Directive,
  ruleId: string,
): SourceEdit {
  const index = directive.rules.findIndex((rule) => rule.text === ruleId);
  const rule = directive.rules[index];
  const previous = directive.rules[index - 1];
  const next = directive.rules[index + 1];
  if (rule === undefined || (previous === undefined && next === undefined))
    return removeComment(document, commentStart);
  const start = next === undefined && previous !== undefined ? previous.end : rule.start;
  const end = next === undefined ? rule.end : next.start;
  return { document, start: commentStart + start, end: commentStart + end, text: '' };
}

/** The fix of a suppression that hides nothing. */
export function removeUnused(origin: SuppressionOrigin, rule: SuppressedRule): Fix {
  switch (origin.kind) {
    case 'comment': {
      const { document, start, directive } = origin;
      const title = `Remove the unused suppression of ${rule.ruleId}`;
      return sourceFix('safe', title, removeRule(document, start, directive, rule.ruleId));
    }
    case 'annotation':
      return {
        // A changed pod template rolls the workload out again.
        fixClass: origin.isInPodTemplate ? 'review' : 'safe',
        title: `Remove the unused annotation${origin.isInPodTemplate ? ' (the pods restart)' : ''}`,
        operations: [{ op: 'remove', node: origin.node }],
        isPreferred: true,
      };
  }
}
