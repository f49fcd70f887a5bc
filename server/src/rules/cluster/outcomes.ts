import { forbidden, type Permission, type Seen, type Unseen } from '../../kubernetes/index.ts';
import { type Argument, inEnglish, phrase, type Sentence, sentence, together } from '../../sentences/index.ts';
import type { CheckFailed, CheckFailure, CheckNotVerifiable, CheckOutcome, CheckPassed } from './clusterCheck.ts';

// Short ways to say the three outcomes.

export function pass(because: Sentence): CheckPassed {
  return { kind: 'pass', because };
}

export function fail(...failures: readonly CheckFailure[]): CheckFailed {
  return { kind: 'fail', failures };
}

export function notVerifiable(
  because: Sentence,
  unlockedBy: readonly (Permission | Sentence | undefined)[] = [],
): CheckNotVerifiable {
  return { kind: 'notVerifiable', because, unlockedBy: unlockedBy.filter((one) => one !== undefined) };
}

/**
 * A pass that rests on having found nothing: it holds only if everything was read where something could have been found.
 *
 * @param needs would complete the lists
 */
export function passIfAllRead(
  because: Sentence,
  needs: readonly Permission[],
  ...lists: readonly Seen<unknown>[]
): CheckOutcome {
  const gaps = lists.flatMap((list) => (list.kind === 'unseen' ? list.reason : (list.incomplete ?? [])));
  if (gaps.length === 0) return pass(because);
  const distinct = new Map(gaps.map((gap) => [inEnglish(gap), gap]));
  const found = sentence('Nothing was found in what could be read.');
  return notVerifiable(together(found, ...distinct.values()), needs);
}

/** Not verifiable because evidence was not seen. */
export function unseenOutcome(...unseen: readonly Unseen[]): CheckNotVerifiable {
  return notVerifiable(
    reasonOf(unseen),
    unseen.map(({ permission }) => permission),
  );
}

/** "You may not read roles and rolebindings." rather than two sentences. */
function reasonOf(unseen: readonly Unseen[]): Sentence {
  const closed = unseen.flatMap(({ what }) => (what === undefined ? [] : [what]));
  const others = unseen.flatMap(({ what, reason }) => (what === undefined ? [reason] : []));
  const [first = forbidden([]).reason, ...more] = [
    ...(closed.length === 0 ? [] : [forbidden(closed).reason]),
    ...others,
  ];
  return together(first, ...more);
}

/** Of Secrets, whose metadata is read only if the user says so: what the settings leave out is no gap in anybody's rights. */
export function unseenSecrets({ cause, reason }: Unseen, more?: Sentence): CheckNotVerifiable {
  const unlockedBy =
    cause === 'notAsked'
      ? [sentence('The settings may allow that the metadata of Secrets is read, never their values.')]
      : [mayList('', 'secrets')];
  return notVerifiable(together(reason, more ?? ''), unlockedBy);
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

/** What shows the flags of the control plane: static pods, /flagz, the ConfigMap of kubeadm and the nodes of K3s. */
export const flagsReadFrom: readonly Permission[] = [
  mayReadFlags,
  mayList('', 'pods'),
  mayList('', 'nodes'),
  mayList('', 'configmaps'),
];

/** `a, b, c and 4 more` */
export function fewOf(names: readonly Argument[], most = 3): Argument {
  const distinct = [...new Map(names.map((name) => [JSON.stringify(name), name])).values()];
  if (distinct.length <= most) return distinct;
  return [...distinct.slice(0, most), phrase('{count} more', { count: distinct.length - most })];
}
