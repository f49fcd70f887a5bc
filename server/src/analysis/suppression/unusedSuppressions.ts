import { clusterChecks } from '../../rules/index.ts';
import type { JudgedFinding } from '../judging/judgedFinding.ts';
import { removeUnused } from './removeSuppression.ts';
import type { SuppressedRule, Suppression } from './suppression.ts';
import { suppressionProblem } from './suppressionProblem.ts';

/**
 * Our suppressions that hide nothing. `wasJudged` tells whether a rule could have found anything: of one that is
 * switched off, failed, or waits for the whole folder, nobody knows. An annotation goes into the cluster, and there it may
 * hide what the check of the same id finds.
 */
export function unusedSuppressions(
  suppressions: readonly Suppression[],
  used: ReadonlySet<SuppressedRule>,
  wasJudged: (ruleId: string) => boolean,
): readonly JudgedFinding[] {
  const unused: JudgedFinding[] = [];
  for (const { rules, origin } of suppressions) {
    if (origin === undefined) continue;
    for (const rule of rules) {
      if (used.has(rule) || !wasJudged(rule.ruleId)) continue;
      if (origin.kind === 'annotation' && idsOfChecks.has(rule.ruleId)) continue;
      unused.push(
        suppressionProblem('kubeharden/unused-suppression', rule.place, origin.kind, { rule: rule.ruleId }, () => [
          removeUnused(origin, rule),
        ]),
      );
    }
  }
  return unused;
}

const idsOfChecks: ReadonlySet<string> = new Set(clusterChecks.map(({ id }) => id));
