import type { ProfileName } from '../../../server/src/cluster/protocol/index.ts';
import type { Regression } from './declaredFindings.ts';
import { describeObject, namespaceOf, type Severity, type ShownFinding, severities } from './shownFinding.ts';
import type { CheckResult, CoverageGap } from './spoken.ts';

/**
 * What of a report is wanted. Empty: all. The text goes for every line; a namespace and a severity only for what has one: what is
 * not known of the cluster is never hidden by a choice that does not concern it.
 */
export interface FindingFilter {
  /** Words that must all occur in the message, the rule or the object, whatever their case. */
  readonly text: string;
  readonly namespaces: readonly string[];
  readonly severities: readonly Severity[];
  /** What everything is judged by instead of what is set. It may show more than that, and leaves nothing out by itself. */
  readonly profile?: ProfileName;
}

/** Each holds what the one before holds. */
export const profileNames: readonly ProfileName[] = ['guide', 'restricted', 'all'];

export const noFilter: FindingFilter = { text: '', namespaces: [], severities: [] };

export function isFiltering({ text, namespaces, severities, profile }: FindingFilter): boolean {
  return text.trim() !== '' || namespaces.length > 0 || severities.length > 0 || profile !== undefined;
}

/** A filter as a memory gave it back, which may be of another version; what it does not know is not filtered by. */
export function storedFilter(value: unknown): FindingFilter {
  const stored: Partial<Record<keyof FindingFilter, unknown>> =
    typeof value === 'object' && value !== null ? value : {};
  const texts = (list: unknown) => (Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []);
  const profile = profileNames.find((name) => name === stored.profile);
  return {
    text: typeof stored.text === 'string' ? stored.text : '',
    namespaces: texts(stored.namespaces),
    severities: severities.filter((severity) => texts(stored.severities).includes(severity)),
    ...(profile === undefined ? {} : { profile }),
  };
}

export interface FilteredFindings {
  readonly findings: readonly ShownFinding[];
  /** How many are left out as findings in what belongs to Kubernetes or its distribution. */
  readonly systemCount: number;
}

export function filterFindings(
  all: readonly ShownFinding[],
  filter: FindingFilter,
  showsSystemObjects: boolean,
): FilteredFindings {
  const ofUser = showsSystemObjects ? all : all.filter(({ isSystem }) => !isSystem);
  const hasWords = wordTest(filter);
  const findings = ofUser.filter(
    (finding) => hasPlace(filter, finding) && hasWords(() => [finding.message, finding.ruleId, ...objectsOf(finding)]),
  );
  return { findings, systemCount: all.length - ofUser.length };
}

/** As findings are filtered, of which they are the counterpart in files. */
export function filterRegressions(all: readonly Regression[], filter: FindingFilter): readonly Regression[] {
  const hasWords = wordTest(filter);
  return all.filter(
    ({ object, finding: { severity, message, ruleId } }) =>
      hasPlace(filter, { object, severity }) && hasWords(() => [message, ruleId, describeObject(object)]),
  );
}

/** Checks of the cluster as a whole that did not fail, by what they ask and what came out. */
export function filterChecks<Check extends { readonly check: CheckResult; readonly outcome: CheckResult['outcome'] }>(
  all: readonly Check[],
  filter: FindingFilter,
): readonly Check[] {
  const hasWords = wordTest(filter);
  return all.filter(({ check, outcome }) => hasWords(() => [check.summary, check.id, ...textsOf(outcome)]));
}

export function filterGaps(all: readonly CoverageGap[], filter: FindingFilter): readonly CoverageGap[] {
  const hasWords = wordTest(filter);
  return all.filter(({ what, reason, permission }) => {
    const namespace = permission?.kind === 'resource' ? permission.namespace : undefined;
    return isWanted(filter.namespaces, namespace) && hasWords(() => [what, reason]);
  });
}

/** Says whether all words of the filter occur in some texts, which are not made where there are no words. */
function wordTest({ text }: FindingFilter): (texts: () => readonly string[]) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (texts) => {
    const searched = texts().join('\n').toLowerCase();
    return words.every((word) => searched.includes(word));
  };
}

function hasPlace(
  { severities, namespaces }: FindingFilter,
  finding: Pick<ShownFinding, 'severity' | 'object'>,
): boolean {
  return isWanted(severities, finding.severity) && isWanted(namespaces, namespaceOf(finding));
}

/** Nothing that is wanted, or nothing that could be unwanted, means yes. */
function isWanted<Value>(wanted: readonly Value[], value: Value | undefined): boolean {
  return wanted.length === 0 || value === undefined || wanted.includes(value);
}

function objectsOf({ object, addedToPodsOf }: ShownFinding): readonly string[] {
  return [object, addedToPodsOf].flatMap((one) => (one === undefined ? [] : [describeObject(one)]));
}

function textsOf(outcome: CheckResult['outcome']): readonly string[] {
  switch (outcome.kind) {
    case 'pass':
      return [outcome.because];
    case 'fail':
      return outcome.failures.map(({ message }) => message);
    case 'notVerifiable':
      return [outcome.because, ...outcome.unlockedBy.map(unlockingText)];
  }
}

function unlockingText(unlocking: NotVerifiable['unlockedBy'][number]): string {
  if (typeof unlocking === 'string') return unlocking;
  return unlocking.kind === 'url' ? unlocking.path : `${unlocking.resource}.${unlocking.group}`;
}

type NotVerifiable = Extract<CheckResult['outcome'], { kind: 'notVerifiable' }>;
