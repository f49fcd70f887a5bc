import type { RuleDescription } from '../../rules/index.ts';

/** A verdict on an object, as it is compared between a cluster and a file. */
export interface ComparedVerdict {
  readonly ruleId: string;
  readonly messageKey: string;
  readonly args: Readonly<Record<string, string | number>>;
  /** From the object's root. */
  readonly path: readonly (string | number)[];
}

/** How a finding of a live object stands to the file that declares the object. */
export type FindingCase =
  /** The file has it too, so it can be mended there. */
  | 'both'
  /** The file is better than the cluster: it has not been applied, or something changed the object since. */
  | 'fixedNotDeployed'
  /** The file has it too and says that it is to be ignored. */
  | 'ignoredInFile'
  /** The file is silent, but was not judged by the rule, or does not tell. */
  | 'notJudgedInFile'
  /** No file declares the object. */
  | 'onlyLive';

/** What a file says of an object that it declares. */
export interface FileVerdicts<Verdict extends ComparedVerdict> {
  readonly found: readonly Verdict[];
  readonly ignored: readonly Verdict[];
  /** Whether that the rule found nothing means that nothing is wrong. */
  isJudgedBy(ruleId: string): boolean;
}

/** Which of the file's verdicts is the live one, and what that makes of it. */
export function compareFinding<Verdict extends ComparedVerdict>(
  live: ComparedVerdict,
  file: FileVerdicts<Verdict>,
): { readonly case: Exclude<FindingCase, 'onlyLive'>; readonly verdict: Verdict | undefined } {
  const found = sameVerdict(live, file.found);
  if (found !== undefined) return { case: 'both', verdict: found };
  const ignored = sameVerdict(live, file.ignored);
  if (ignored !== undefined) return { case: 'ignoredInFile', verdict: ignored };
  return { case: file.isJudgedBy(live.ruleId) ? 'fixedNotDeployed' : 'notJudgedInFile', verdict: undefined };
}

/** Of the file's verdicts those that the live object does not have: applying the file brings them into the cluster. */
export function regressionsIn<Verdict extends ComparedVerdict>(
  found: readonly Verdict[],
  live: readonly ComparedVerdict[],
): readonly Verdict[] {
  return found.filter((verdict) => sameVerdict(verdict, live) === undefined);
}

/**
 * The same rule on the same thing: by what the message says of it, else by its place, else by the names in the message
 * alone. (Of a value that is the default a live object does not tell whether it was written, a file does.)
 */
function sameVerdict<Verdict extends ComparedVerdict>(
  wanted: ComparedVerdict,
  among: readonly Verdict[],
): Verdict | undefined {
  const ofRule = among.filter(({ ruleId }) => ruleId === wanted.ruleId);
  const { path, messageKey } = wanted;
  const names = namesIn(wanted);
  return (
    ofRule.find((one) => one.messageKey === messageKey && namesIn(one) === names) ??
    ofRule.find((one) => one.path.length === path.length && one.path.every((step, index) => step === path[index])) ??
    ofRule.find((one) => names !== '[]' && namesIn(one) === names)
  );
}

function namesIn({ args }: ComparedVerdict): string {
  return JSON.stringify(Object.entries(args).sort());
}

/**
 * Rules about the text of a manifest, or about what the API server refuses, drops or does not store (an empty list) when
 * it is applied. An object that lives cannot have such findings, so that only the file has them says nothing of the next apply.
 */
export const rulesOfText: ReadonlySet<string> = new Set([
  'image/invalid-reference',
  'network/policy-egress-ignored',
  'pod/default-namespace',
  'pod/duplicate-mapping-key',
  'pod/ephemeral-containers-in-manifest',
  'pod/feature-gate-dropped-field',
  'pod/misplaced-container-field',
  'pod/misplaced-in-container',
  'pod/misplaced-pod-field',
  'pod/misspelt-security-field',
  'pod/os-field-conflict',
  'pod/wrong-type-security-field',
  'upgrade/removed-api',
]);

/**
 * Whether a finding that only the file has would come into the cluster with the file. Rules across files judge what is
 * around an object, and what is around it lives on when the file is applied.
 */
export function mayBeDeployed(description: RuleDescription): boolean {
  if (rulesOfText.has(description.id) || description.id.startsWith('kubeharden/')) return false;
  return isOfObjects(description);
}

/** Whoever applies a file that names no namespace chooses one. */
const rulesOfNamespace: ReadonlySet<string> = new Set(['pod/default-namespace', 'pod/kube-system-namespace']);

/**
 * Whether the silence of a rule on a file means that its object, once applied, does not have the finding.
 *
 * @param isPlaced the file says in which namespace the object is, so that it is judged among what is around it
 */
export function isToldByFile(description: RuleDescription, isPlaced: boolean): boolean {
  return isPlaced || (isOfObjects(description) && !rulesOfNamespace.has(description.id));
}

/** Whether the rule judges objects one by one, and not what is around them. */
function isOfObjects(description: RuleDescription): boolean {
  const subject = 'subject' in description ? description.subject : undefined;
  return subject === 'resource' || subject === 'podSpec' || subject === 'container' || subject === 'roleRule';
}
