import type { JudgedFinding } from '../judging/judgedFinding.ts';
import { type SuppressedRule, type Suppression, speaksOf } from './suppression.ts';

/** A finding with the reason for which it is hidden, if it is. */
export interface SuppressedOrNot {
  readonly finding: JudgedFinding;
  readonly isSuppressed: boolean;
  readonly reason: string;
}

/**
 * Decides for each finding whether a suppression hides it, and adds to `used` the rules of the suppressions that hide
 * something. All that speak of a finding count as used.
 */
export function applySuppressions(
  findings: readonly JudgedFinding[],
  suppressions: readonly Suppression[],
  used: Set<SuppressedRule>,
): readonly SuppressedOrNot[] {
  return findings.map((finding) => {
    let reason: string | undefined;
    for (const suppression of suppressions) {
      const rule = suppression.rules.find(({ ruleId }) => ruleId === finding.description.id);
      if (rule === undefined || !speaksOf(suppression.scope, finding)) continue;
      used.add(rule);
      reason ??= suppression.reason;
    }
    return { finding, isSuppressed: reason !== undefined, reason: reason ?? '' };
  });
}
