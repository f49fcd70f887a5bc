import type { ManifestComment, ManifestDocument, Place } from '../../manifest/index.ts';
import { sourceFix } from '../fixing/sourceFix.ts';
import type { JudgedFinding } from '../judging/judgedFinding.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { commentScope } from './commentScope.ts';
import { type Directive, type DirectivePart, isDate, parseDirective } from './directive.ts';
import { removeComment } from './removeSuppression.ts';
import type { Suppression, SuppressionScope } from './suppression.ts';
import { suppressionProblem } from './suppressionProblem.ts';

/** Reads our directives in the comments of a document. `today` is YYYY-MM-DD; an end date is the last day that counts. */
export function commentSuppressions(
  document: ManifestDocument,
  catalog: RuleCatalog,
  today: string,
  isFirstDocument: boolean,
): { readonly suppressions: readonly Suppression[]; readonly problems: readonly JudgedFinding[] } {
  const suppressions: Suppression[] = [];
  const problems: JudgedFinding[] = [];
  for (const comment of document.comments) {
    const directive = parseDirective(comment.text);
    if (directive === undefined) continue;
    const place = (part: DirectivePart): Place => placeIn(document, comment, part);
    const rules = [];
    for (const rule of directive.rules) {
      if (catalog.has(rule.text)) rules.push({ ruleId: rule.text, place: place(rule) });
      else problems.push(unknownRule(document, comment, rule, catalog));
    }
    const keyword = place(directive.keyword);
    if (directive.rules.length === 0) {
      problems.push(suppressionProblem('kubeharden/invalid-suppression', keyword, 'noRule'));
      continue;
    }
    if (directive.reason === undefined) {
      problems.push(suppressionProblem('kubeharden/invalid-suppression', keyword, 'noReason'));
      continue;
    }
    if (directive.until !== undefined && !isDate(directive.until.text)) {
      const args = { date: directive.until.text };
      problems.push(suppressionProblem('kubeharden/invalid-suppression', place(directive.until), 'invalidDate', args));
      continue;
    }
    const scope = scopeOf(document, comment, directive, isFirstDocument);
    if (scope === undefined) {
      problems.push(suppressionProblem('kubeharden/invalid-suppression', keyword, 'notAtTop'));
      continue;
    }
    if (directive.until !== undefined && directive.until.text < today) {
      problems.push(expired(document, comment, directive.until));
      continue;
    }
    const origin = { kind: 'comment', document, start: comment.start, directive } as const;
    suppressions.push({ scope, rules, reason: directive.reason.text, origin });
  }
  return { suppressions, problems };
}

function scopeOf(
  document: ManifestDocument,
  comment: ManifestComment,
  directive: Directive,
  isFirstDocument: boolean,
): SuppressionScope | undefined {
  const scope = commentScope(document.text, comment);
  if (directive.isForFile) return isFirstDocument && scope === 'document' ? { kind: 'file' } : undefined;
  return scope === 'document' ? { kind: 'document' } : { kind: 'range', range: scope };
}

function placeIn(document: ManifestDocument, comment: ManifestComment, part: DirectivePart): Place {
  return { document, path: [], range: { start: comment.start + part.start, end: comment.start + part.end } };
}

function unknownRule(
  document: ManifestDocument,
  comment: ManifestComment,
  rule: DirectivePart,
  catalog: RuleCatalog,
): JudgedFinding {
  const place = placeIn(document, comment, rule);
  const guess = catalog.guess(rule.text);
  const id = 'kubeharden/invalid-suppression';
  if (guess === undefined) return suppressionProblem(id, place, 'unknownRule', { rule: rule.text });
  return suppressionProblem(id, place, 'unknownRuleGuess', { rule: rule.text, guess }, () => {
    const range = place.range;
    return range === undefined
      ? []
      : [sourceFix('review', `Change to ${guess}`, { document, start: range.start, end: range.end, text: guess })];
  });
}

function expired(document: ManifestDocument, comment: ManifestComment, until: DirectivePart): JudgedFinding {
  const place = placeIn(document, comment, until);
  return suppressionProblem('kubeharden/expired-suppression', place, 'expired', { until: until.text }, () => [
    sourceFix('review', 'Remove the expired suppression', removeComment(document, comment.start)),
  ]);
}
