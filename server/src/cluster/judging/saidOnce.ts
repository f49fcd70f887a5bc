import type { ResourceIdentity } from '../../kubernetes/index.ts';
import { type CheckFailure, clusterChecks, type Rule, type RuleId, rules, type Severity } from '../../rules/index.ts';
import { sentence } from '../../sentences/index.ts';
import type { CheckResult, LiveFinding } from '../protocol/index.ts';

export interface Verdicts {
  readonly findings: readonly LiveFinding[];
  readonly checks: readonly CheckResult[];
  /** The pods of the control plane, whose flags the checks judge. */
  readonly controlPlane: readonly ResourceIdentity[];
  /** Whether the object itself says, by an annotation, that a rule or a check is to be ignored. */
  readonly isIgnored: (ruleId: string, object: ResourceIdentity) => boolean;
}

/** What {@link saidOnce} knows of rules and checks; all that there are, but for tests. */
export interface Known {
  readonly rules: readonly Pick<Rule, 'id' | 'subject'>[];
  readonly checks: readonly { readonly id: RuleId; readonly answersFor?: readonly RuleId[] }[];
}

/**
 * A rule and a check may have the same id and find the same; it is said once.
 * - Of single objects the rule speaks, for it knows the place, and its findings are compared with files. A failure of the
 *   check stays where it is graver or names an object on which the rule is silent.
 * - Of the cluster as a whole the check speaks, for it has more to go by than objects: a rule that judges a folder gives
 *   way to it.
 * - Of objects of the system the check speaks, for findings in them are hidden at first; of the flags of the control
 *   plane too, for every rule about flags is asked as a check.
 * - What an object says is to be ignored is so of the check too.
 *
 * A failure may also name a rule of another id that says all of it of the same object; then that one speaks.
 */
export function saidOnce(
  { findings, checks, controlPlane, isIgnored }: Verdicts,
  known: Known = { rules, checks: clusterChecks },
): Pick<Verdicts, 'findings' | 'checks'> {
  const asked = new Set<string>(checks.map(({ id }) => id));
  const givingWay = rulesGivingWay(known, asked);
  const ofFlags = new Set<string>(known.rules.filter(({ subject }) => subject === 'component').map(({ id }) => id));
  const judgedByFlags = new Set(controlPlane.map((pod) => keyOf('', pod)));
  const spoken = findings.filter(
    ({ ruleId, object }) => !givingWay.has(ruleId) && !(ofFlags.has(ruleId) && judgedByFlags.has(keyOf('', object))),
  );
  const byRule = gravestByObject(spoken, new Set(checks.flatMap(idsSpokenBy)));
  const saidByCheck = new Set<string>();
  const remaining = checks.map((check): CheckResult => {
    const { id, outcome } = check;
    if (outcome.kind !== 'fail') return check;
    const heeded = outcome.failures.filter((failure) => {
      const objects = objectsOf(failure);
      return objects.length === 0 || !objects.every((object) => isIgnored(id, object));
    });
    if (heeded.length === 0) {
      return {
        ...check,
        outcome: { kind: 'pass', because: sentence('Annotations of the objects say that it is to be ignored.') },
      };
    }
    const failures = heeded.filter((failure) => {
      const { saidBy } = failure;
      const objects = objectsOf(failure);
      if (saidBy !== undefined && objects.some((object) => byRule.has(keyOf(saidBy, object)))) return false;
      const said = objects.map((object) => byRule.get(keyOf(id, object)));
      const severity = failure.severity ?? check.severity;
      const isSaid =
        said.length > 0 &&
        said.every((one) => one !== undefined && !one.isSystem && rank[one.severity] <= rank[severity]);
      if (!isSaid) for (const object of objects) saidByCheck.add(keyOf(id, object));
      return !isSaid;
    });
    return { ...check, outcome: { kind: 'fail', failures } };
  });
  return {
    findings: spoken.filter(({ isSystem, ruleId, object }) => !isSystem || !saidByCheck.has(keyOf(ruleId, object))),
    checks: remaining,
  };
}

/** @param asked ids of the checks that were asked: for one that is switched off the rules speak */
function rulesGivingWay({ rules, checks }: Known, asked: ReadonlySet<string>): ReadonlySet<string> {
  return new Set<string>([
    ...rules.filter(({ id, subject }) => subject === 'namespace' && asked.has(id)).map(({ id }) => id),
    ...checks.filter(({ id }) => asked.has(id)).flatMap(({ answersFor = [] }) => answersFor),
  ]);
}

/** Of a check, and of the rules that may say the same. */
function idsSpokenBy({ id, outcome }: CheckResult): readonly string[] {
  const others = outcome.kind === 'fail' ? outcome.failures.flatMap(({ saidBy }) => saidBy ?? []) : [];
  return [id, ...others];
}

/** The gravest finding of each rule on each object, a pod's on its workload too. */
function gravestByObject(
  findings: readonly LiveFinding[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, Pick<LiveFinding, 'severity' | 'isSystem'>> {
  const spoken = new Map<string, LiveFinding>();
  for (const finding of findings) {
    if (!ids.has(finding.ruleId)) continue;
    for (const object of [finding.object, finding.addedToPodsOf]) {
      if (object === undefined) continue;
      const key = keyOf(finding.ruleId, object);
      const known = spoken.get(key);
      if (known === undefined || rank[finding.severity] < rank[known.severity]) spoken.set(key, finding);
    }
  }
  return spoken;
}

function objectsOf({ object, sumsUp }: CheckFailure): readonly ResourceIdentity[] {
  return sumsUp ?? (object === undefined ? [] : [object]);
}

/** Without the version: the same object may be read in one and owned in another. */
function keyOf(id: string, { group, kind, namespace, name }: ResourceIdentity): string {
  return [id, group, kind, namespace, name].join(' ');
}

/** Gravest first. */
const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
