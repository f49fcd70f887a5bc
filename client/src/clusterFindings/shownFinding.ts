import type { ClusterReport, LiveFinding } from './spoken.ts';

export type Severity = LiveFinding['severity'];
export type ObjectIdentity = LiveFinding['object'];

/** Gravest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** One failure as the tree shows it: of a rule on an object, or of a check of the cluster. */
export interface ShownFinding {
  /** The same from scan to scan, and of no other finding of the report. */
  readonly key: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  /** Undefined where it is the cluster as a whole. */
  readonly object: ObjectIdentity | undefined;
  readonly path: readonly (string | number)[];
  /** What a rule's message says, for comparison with findings of files; a check has none. */
  readonly verdict?: Pick<LiveFinding, 'messageKey' | 'args'>;
  readonly addedToPodsOf: ObjectIdentity | undefined;
  readonly isSystem: boolean;
  /** Of a check: what should hold, and why it matters. What a rule says, its documentation tells. */
  readonly check?: { readonly summary: string; readonly why: string };
}

/** The findings of the rules and the failures of the checks, gravest first and then by rule and object. */
export function shownFindings({ findings, checks }: ClusterReport): readonly ShownFinding[] {
  const ofRules = findings.map((finding): ShownFinding => {
    const { ruleId, severity, message, messageKey, args, object, path, addedToPodsOf, isSystem, fingerprint } = finding;
    const verdict = { messageKey, args };
    return { key: fingerprint, ruleId, severity, message, object, path, verdict, addedToPodsOf, isSystem };
  });
  const ofChecks = checks.flatMap(({ id, summary, why, severity, outcome }) =>
    outcome.kind === 'fail'
      ? outcome.failures.map((failure): ShownFinding => {
          const { message, object } = failure;
          return {
            key: `${id} ${object === undefined ? '' : describeObject(object)} ${message}`,
            ruleId: id,
            severity: failure.severity ?? severity,
            message,
            object,
            path: [],
            addedToPodsOf: undefined,
            isSystem: false,
            check: { summary, why },
          };
        })
      : [],
  );
  return [...withUniqueKeys([...ofRules, ...ofChecks])].sort(byGravity);
}

/** The same for the same object, in whatever version. */
export function objectId({ group, kind, namespace, name }: ObjectIdentity): string {
  return [group, kind, namespace, name].join('/');
}

/** `Deployment shop/web`, `Node worker-1`. */
export function describeObject({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
}

/** The namespace that a finding lies in; `''` for what belongs to the whole cluster. */
export function namespaceOf({ object }: Pick<ShownFinding, 'object'>): string {
  if (object === undefined) return '';
  return object.kind === 'Namespace' && object.group === '' ? object.name : object.namespace;
}

/** What somebody wrote and can change: the workload, where the object is a pod of it. */
export function ownerOf({ object, addedToPodsOf }: ShownFinding): ObjectIdentity | undefined {
  return addedToPodsOf ?? object;
}

function byGravity(a: ShownFinding, b: ShownFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compare(a.ruleId, b.ruleId) ||
    compare(placeOf(a), placeOf(b))
  );
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function placeOf({ object, path, message }: ShownFinding): string {
  return `${object === undefined ? '' : describeObject(object)} ${path.join('.')} ${message}`;
}

/** Two findings with the same message in one object have the same fingerprint. */
function withUniqueKeys(findings: readonly ShownFinding[]): readonly ShownFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const count = seen.get(finding.key) ?? 0;
    seen.set(finding.key, count + 1);
    return count === 0 ? finding : { ...finding, key: `${finding.key} ${count}` };
  });
}
