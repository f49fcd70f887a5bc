import type { Finding } from '../../../server/src/analysis/index.ts';
import { type Rule, rules } from '../../../server/src/rules/index.ts';

/** Ids of the Pod Security checks that forbid a pod, sorted, by level; restricted without the checks it overrides. */
export interface CheckSets {
  readonly baseline: readonly string[];
  readonly restricted: readonly string[];
}

/** The rules that stand for a check of the Pod Security Standards. */
export const podSecurityRules: readonly Rule[] = rules.filter((rule) => rule.references.pss !== undefined);

/**
 * The checks that a finding stands for. A baseline check only as an error: what restricted alone forbids is less severe.
 */
export function checksOf({ ruleId, severity }: Finding): readonly { readonly check: string; readonly level: string }[] {
  const checks = podSecurityRules.find((rule) => rule.id === ruleId)?.references.pss ?? [];
  return checks.filter(({ level }) => level === 'restricted' || severity === 'error');
}

/** The checks that findings stand for, of those that the restricted level of a version consists of. */
export function checkSetsOf(findings: readonly Finding[], restrictedChecks: readonly string[]): CheckSets {
  const found = findings.flatMap(checksOf);
  const baseline = found.filter(({ level }) => level === 'baseline').map(({ check }) => check);
  const restricted = found.map(({ check }) => check).filter((check) => restrictedChecks.includes(check));
  return { baseline: sortedSet(baseline), restricted: sortedSet(restricted) };
}

function sortedSet(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
