import { describePermission, type Permission } from '../../kubernetes/index.ts';
import type { CheckOutcome } from '../../rules/index.ts';
import { isSentence } from '../../sentences/index.ts';
import type { CoverageGap } from '../protocol/index.ts';

/** Everything that would have made a report more complete. What the user chose not to read is not missing. */
export function missingPermissions(gaps: readonly CoverageGap[]): readonly Permission[] {
  return gaps.flatMap(({ cause, permission }) =>
    cause === 'notAsked' || permission === undefined ? [] : [permission],
  );
}

/**
 * An outcome that asks for what is missing and nothing else. A check names all that it could use; what was read, or is not
 * there to be read, would not help it.
 */
export function askingForMissing(outcome: CheckOutcome, gaps: readonly CoverageGap[]): CheckOutcome {
  if (outcome.kind !== 'notVerifiable') return outcome;
  const missing = new Set(gaps.flatMap(({ permission }) => (permission === undefined ? [] : [whereverOf(permission)])));
  const unlockedBy = outcome.unlockedBy.filter((one) => isSentence(one) || missing.has(whereverOf(one)));
  return { ...outcome, unlockedBy };
}

/** The same for a permission in one namespace as in all. */
function whereverOf(permission: Permission): string {
  if (permission.kind === 'url') return describePermission(permission);
  const { group, resource } = permission;
  return describePermission({ kind: 'resource', group, resource, verbs: ['list'] });
}
