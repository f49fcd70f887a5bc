import type { Permission, Resource, ResourceIdentity, Seen, Unseen } from '../../kubernetes/index.ts';
import type { CheckFailed, CheckFailure, CheckNotVerifiable, CheckOutcome, CheckPassed } from './clusterCheck.ts';

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

/**
 * A pass that rests on having found nothing: it holds only if everything was read where something could have been found.
 *
 * @param needs would complete the lists
 */
export function passIfAllRead(
  because: string,
  needs: readonly Permission[],
  ...lists: readonly Seen<unknown>[]
): CheckOutcome {
  const gaps = new Set(
    lists.flatMap((list) =>
      list.kind === 'unseen' ? [list.reason] : list.incomplete === undefined ? [] : [list.incomplete],
    ),
  );
  if (gaps.size === 0) return pass(because);
  return notVerifiable(`Nothing was found in what could be read. ${[...gaps].join(' ')}`, needs);
}

/** Not verifiable because evidence was not seen. */
export function unseenOutcome(...unseen: readonly Unseen[]): CheckNotVerifiable {
  return notVerifiable(
    reasonsTogether(unseen.map(({ reason }) => reason)),
    unseen.map(({ permission }) => permission),
  );
}

const forbidden = /^You may not read (.+)\.$/;

/** "You may not read roles and rolebindings." rather than two sentences. */
function reasonsTogether(reasons: readonly string[]): string {
  const things = reasons.flatMap((reason) => forbidden.exec(reason)?.[1] ?? []);
  const others = reasons.filter((reason) => !forbidden.test(reason));
  const list = things.length < 2 ? things[0] : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
  return [...(list === undefined ? [] : [`You may not read ${list}.`]), ...others].join(' ');
}

/** Of Secrets, whose metadata is read only if the user says so: what the settings leave out is no gap in anybody's rights. */
export function unseenSecrets({ cause, reason }: Unseen, more = ''): CheckNotVerifiable {
  const unlockedBy =
    cause === 'notAsked'
      ? ['The settings may allow that names and labels of Secrets are read, never their values.']
      : [mayList('', 'secrets')];
  return notVerifiable(`${reason}${more}`, unlockedBy);
}

/** The pieces of evidence that were not seen. */
export function unseenOf(...evidence: readonly Seen<unknown>[]): readonly Unseen[] {
  return evidence.filter((seen) => seen.kind === 'unseen');
}

export const mayReadMetrics: Permission = { kind: 'url', path: '/metrics' };
export const mayReadFlags: Permission = { kind: 'url', path: '/flagz' };

/** In all namespaces unless one is named. */
export function mayList(group: string, resource: string, namespace?: string): Permission {
  return { kind: 'resource', group, resource, verbs: ['list'], ...(namespace === undefined ? {} : { namespace }) };
}

/** What a failure says which object it is about with. */
export function identityOf({ group, version, kind, namespace, name }: Resource): ResourceIdentity {
  return { group, version, kind, namespace, name };
}

/** `a, b, c and 4 more` */
export function fewOf(names: readonly string[], most = 3): string {
  const distinct = [...new Set(names)];
  if (distinct.length > most) return `${distinct.slice(0, most).join(', ')} and ${distinct.length - most} more`;
  const last = distinct.at(-1) ?? '';
  return distinct.length < 2 ? last : `${distinct.slice(0, -1).join(', ')} and ${last}`;
}
