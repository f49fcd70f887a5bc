import type { Permission, Seen, Unseen } from '../../kubernetes/index.ts';
import type { CheckFailed, CheckFailure, CheckNotVerifiable, CheckPassed } from './clusterCheck.ts';

// Short ways to say the three outcomes.

export function pass(because: string): CheckPassed {
  return { kind: 'pass', because };
}

export function fail(...failures: readonly CheckFailure[]): CheckFailed {
  return { kind: 'fail', failures };
}

export function notVerifiable(
  because: string,
  unlockedBy: readonly (Permission | string | undefined)[] = [],
): CheckNotVerifiable {
  return { kind: 'notVerifiable', because, unlockedBy: unlockedBy.filter((one) => one !== undefined) };
}

/** Not verifiable because evidence was not seen. */
export function unseenOutcome(...unseen: readonly Unseen[]): CheckNotVerifiable {
  return notVerifiable(
    unseen.map(({ reason }) => reason).join(' '),
    unseen.map(({ permission }) => permission),
  );
}

/** The pieces of evidence that were not seen. */
export function unseenOf(...evidence: readonly Seen<unknown>[]): readonly Unseen[] {
  return evidence.filter((seen) => seen.kind === 'unseen');
}

export const mayReadMetrics: Permission = { kind: 'url', path: '/metrics' };
export const mayReadFlags: Permission = { kind: 'url', path: '/flagz' };

export function mayList(group: string, resource: string): Permission {
  return { kind: 'resource', group, resource, verbs: ['list'] };
}
