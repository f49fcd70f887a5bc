import {
  compare,
  describeObject,
  namespaceOf,
  type ObjectIdentity,
  ownerOf,
  type Severity,
  type ShownFinding,
  severities,
} from './shownFinding.ts';

/** How the findings are put together; each has a second level, so that no list gets long. */
export const groupings = ['chapter', 'severity', 'namespace', 'workload'] as const;
export type Grouping = (typeof groupings)[number];

export type GroupKey =
  | { readonly kind: 'chapter'; readonly chapter: string }
  | { readonly kind: 'rule'; readonly ruleId: string }
  | { readonly kind: 'severity'; readonly severity: Severity }
  /** `''`: the whole cluster. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** Undefined: the cluster itself. */
  | { readonly kind: 'object'; readonly object: ObjectIdentity | undefined };

export interface FindingGroup {
  readonly key: GroupKey;
  /** Gravest first, as they came. */
  readonly findings: readonly ShownFinding[];
}

const levels: Readonly<Record<Grouping, readonly ((finding: ShownFinding) => GroupKey)[]>> = {
  chapter: [chapterOf, ruleOf],
  severity: [({ severity }) => ({ kind: 'severity', severity }), ruleOf],
  namespace: [(finding) => ({ kind: 'namespace', namespace: namespaceOf(finding) }), objectOf],
  workload: [objectOf],
};

/** The groups at a depth, from 0; undefined where the findings themselves stand. */
export function groupFindings(
  findings: readonly ShownFinding[],
  grouping: Grouping,
  depth: number,
): readonly FindingGroup[] | undefined {
  const keyOf = levels[grouping][depth];
  if (keyOf === undefined) return undefined;
  const groups = new Map<string, { readonly key: GroupKey; readonly findings: ShownFinding[] }>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const id = groupId(key);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { key, findings: [finding] });
    else group.findings.push(finding);
  }
  return [...groups.values()].sort(
    (a, b) => rank(a) - rank(b) || compare(groupId(a.key).toLowerCase(), groupId(b.key).toLowerCase()),
  );
}

/** Tells a group from its siblings. */
export function groupId(key: GroupKey): string {
  switch (key.kind) {
    case 'chapter':
      return key.chapter;
    case 'rule':
      return key.ruleId;
    case 'severity':
      return key.severity;
    case 'namespace':
      return key.namespace;
    case 'object':
      return key.object === undefined ? '' : `${describeObject(key.object)} ${key.object.group}`;
  }
}

/** How many findings of each severity. */
export function countBySeverity(findings: readonly ShownFinding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** The gravest severity among findings; findings come gravest first. */
export function worstOf({ findings }: FindingGroup): Severity {
  return findings[0]?.severity ?? 'info';
}

/** Severities stand in their own order, rules by how grave they are, everything else by name. */
function rank(group: FindingGroup): number {
  return group.key.kind === 'severity' || group.key.kind === 'rule' ? severities.indexOf(worstOf(group)) : 0;
}

function chapterOf({ ruleId }: ShownFinding): GroupKey {
  return { kind: 'chapter', chapter: ruleId.split('/', 1)[0] ?? '' };
}

function ruleOf({ ruleId }: ShownFinding): GroupKey {
  return { kind: 'rule', ruleId };
}

function objectOf(finding: ShownFinding): GroupKey {
  return { kind: 'object', object: ownerOf(finding) };
}
