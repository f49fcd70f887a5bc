import type { ClusterModel, ContextState } from './clusterModel.ts';
import type { Regression } from './declaredFindings.ts';
import {
  type FindingFilter,
  filterChecks,
  filterFindings,
  filterGaps,
  filterRegressions,
  noFilter,
} from './findingFilter.ts';
import { type FindingGroup, type Grouping, groupFindings, groupId } from './findingGroups.ts';
import type { ShownFinding } from './shownFinding.ts';
import type { CheckResult, ClusterReport, ContextSummary, CoverageGap } from './spoken.ts';

/** How the user wants to see a report. */
export interface TreeOptions {
  readonly grouping: Grouping;
  readonly filter: FindingFilter;
  readonly showsSystemObjects: boolean;
}

/** As they stand below a context. */
const branches = ['findings', 'regressions', 'notVerifiable', 'notRead', 'passed'] as const;
export type Branch = (typeof branches)[number];
type Scanned = NonNullable<ContextState['scanned']>;
type Outcome<Kind extends CheckResult['outcome']['kind']> = Extract<CheckResult['outcome'], { kind: Kind }>;
type Unlocking = Outcome<'notVerifiable'>['unlockedBy'][number];

/** One line of the tree. */
export type ClusterNode = {
  /** The same from refresh to refresh, so that what is open stays open. */
  readonly id: string;
  readonly contextName: string;
  readonly parent: ClusterNode | undefined;
} & (
  | { readonly kind: 'context'; readonly context: ContextSummary }
  /** What is wrong with a context, or why its scan failed. */
  | { readonly kind: 'trouble'; readonly message: string; readonly details: readonly string[] }
  /** What a credential plugin said, line by line. */
  | { readonly kind: 'detail'; readonly text: string }
  /** How much of it the filter shows, and how much there is. */
  | { readonly kind: 'branch'; readonly branch: Branch; readonly count: number; readonly total: number }
  | { readonly kind: 'group'; readonly group: FindingGroup; readonly depth: number }
  | { readonly kind: 'finding'; readonly finding: ShownFinding }
  /** What only a file has, and the next apply would bring. */
  | { readonly kind: 'regression'; readonly regression: Regression }
  | { readonly kind: 'passed'; readonly check: CheckResult; readonly outcome: Outcome<'pass'> }
  /** Why several checks are not verifiable, with what would unlock all of them. */
  | { readonly kind: 'reason'; readonly reason: Outcome<'notVerifiable'>; readonly checks: readonly CheckResult[] }
  | {
      readonly kind: 'notVerifiable';
      readonly check: CheckResult;
      readonly outcome: Outcome<'notVerifiable'>;
      /** The line above says why. */
      readonly isExplained: boolean;
    }
  | { readonly kind: 'unlocking'; readonly unlocking: Unlocking }
  | { readonly kind: 'gap'; readonly gap: CoverageGap }
);

export type NodeOf<Kind extends ClusterNode['kind']> = Extract<ClusterNode, { kind: Kind }>;

export function rootsOf(model: ClusterModel): readonly NodeOf<'context'>[] {
  return model.contexts.map((context) => ({
    kind: 'context',
    id: JSON.stringify([context.name]),
    contextName: context.name,
    parent: undefined,
    context,
  }));
}

export function childrenOf(node: ClusterNode, model: ClusterModel, options: TreeOptions): readonly ClusterNode[] {
  switch (node.kind) {
    case 'context':
      return ofContext(node, model, options);
    case 'branch':
      return ofBranch(node, model, options);
    case 'group':
      return ofFindings(node, node.group.findings, options, node.depth + 1);
    case 'reason':
      return [
        ...ofReason(node, node.reason),
        ...node.checks.map(
          (check): ClusterNode => ({
            kind: 'notVerifiable',
            ...below(node, check.id),
            check,
            outcome: node.reason,
            isExplained: true,
          }),
        ),
      ];
    case 'notVerifiable':
      return node.isExplained ? [] : ofReason(node, node.outcome);
    case 'trouble':
      return node.details.map((text, index) => ({ kind: 'detail', ...below(node, String(index)), text }));
    case 'detail':
    case 'finding':
    case 'regression':
    case 'passed':
    case 'unlocking':
    case 'gap':
      return [];
  }
}

/** Whether anything stands below a node, without building it. */
export function hasChildren(node: ClusterNode, model: ClusterModel): boolean {
  switch (node.kind) {
    case 'context': {
      const { scanned, trouble } = model.stateOf(node.contextName);
      return scanned !== undefined || trouble !== undefined || node.context.problems.length > 0;
    }
    case 'branch':
      return node.count > 0;
    case 'group':
    case 'reason':
      return true;
    case 'notVerifiable':
      return !node.isExplained && node.outcome.unlockedBy.length > 0;
    case 'trouble':
      return node.details.length > 0;
    default:
      return false;
  }
}

/** How a finding stands to the files of the workspace; undefined while that is not known, or none declares anything. */
export function declarationOf({ contextName, finding }: NodeOf<'finding'>, model: ClusterModel) {
  return model.stateOf(contextName).scanned?.declared?.states.get(finding.key);
}

function ofContext(node: NodeOf<'context'>, model: ClusterModel, options: TreeOptions): readonly ClusterNode[] {
  const { scanned, trouble } = model.stateOf(node.contextName);
  const problems = node.context.problems.map((message) => ({ message, details: [] }));
  const troubles = [...(trouble === undefined ? [] : [trouble]), ...problems].map(
    (one, index): ClusterNode => ({ kind: 'trouble', ...below(node, `trouble ${index}`), ...one }),
  );
  if (scanned === undefined) return troubles;
  const shown = contentsOf(scanned, options);
  const all = contentsOf(scanned, { ...options, filter: noFilter });
  return [
    ...troubles,
    // Where no file would make anything worse, nothing is said of files.
    ...branches
      .filter((branch) => branch !== 'regressions' || all.regressions.length > 0)
      .map(
        (branch): ClusterNode => ({
          kind: 'branch',
          ...below(node, branch),
          branch,
          count: shown[branch].length,
          total: all[branch].length,
        }),
      ),
  ];
}

function ofBranch(node: NodeOf<'branch'>, model: ClusterModel, options: TreeOptions): readonly ClusterNode[] {
  const { scanned } = model.stateOf(node.contextName);
  if (scanned === undefined) return [];
  const contents = contentsOf(scanned, options);
  switch (node.branch) {
    case 'findings':
      return ofFindings(node, contents.findings, options, 0);
    case 'regressions':
      return contents.regressions.map((regression) => ({
        kind: 'regression',
        ...below(node, regression.key),
        regression,
      }));
    case 'passed':
      return contents.passed.map((one) => ({ kind: 'passed', ...below(node, one.check.id), ...one }));
    case 'notVerifiable':
      return ofNotVerifiable(node, contents.notVerifiable);
    case 'notRead': {
      const { gaps } = scanned.report;
      return contents.notRead.map((gap) => ({ kind: 'gap', ...below(node, `${gap.what} ${gaps.indexOf(gap)}`), gap }));
    }
  }
}

/** What several checks lack stands once, above them: mostly it is one permission. */
function ofNotVerifiable(
  node: ClusterNode,
  all: readonly { readonly check: CheckResult; readonly outcome: Outcome<'notVerifiable'> }[],
): readonly ClusterNode[] {
  const byReason = new Map<string, typeof all>();
  for (const one of all) {
    const reason = JSON.stringify([one.outcome.because, one.outcome.unlockedBy]);
    byReason.set(reason, [...(byReason.get(reason) ?? []), one]);
  }
  return [...byReason].flatMap(([reason, alike]): readonly ClusterNode[] => {
    const [first] = alike;
    if (first === undefined) return [];
    return alike.length === 1
      ? [{ kind: 'notVerifiable', ...below(node, first.check.id), ...first, isExplained: false }]
      : [{ kind: 'reason', ...below(node, reason), reason: first.outcome, checks: alike.map(({ check }) => check) }];
  });
}

function ofReason(node: ClusterNode, { unlockedBy }: Outcome<'notVerifiable'>): readonly ClusterNode[] {
  return unlockedBy.map((unlocking, index) => ({ kind: 'unlocking', ...below(node, String(index)), unlocking }));
}

/** What the filter shows of each branch. */
function contentsOf({ report, findings, declared }: Scanned, { filter, showsSystemObjects }: TreeOptions) {
  return {
    findings: filterFindings(findings, filter, showsSystemObjects).findings,
    regressions: filterRegressions(declared?.regressions ?? [], filter),
    notVerifiable: filterChecks(checksOf(report, 'notVerifiable'), filter),
    notRead: filterGaps(report.gaps, filter),
    passed: filterChecks(checksOf(report, 'pass'), filter),
  };
}

function ofFindings(
  node: ClusterNode,
  findings: readonly ShownFinding[],
  { grouping }: TreeOptions,
  depth: number,
): readonly ClusterNode[] {
  const groups = groupFindings(findings, grouping, depth);
  if (groups === undefined) {
    return findings.map((finding) => ({ kind: 'finding', ...below(node, finding.key), finding }));
  }
  return groups.map((group) => ({
    kind: 'group',
    ...below(node, `${grouping} ${groupId(group.key)}`),
    group,
    depth,
  }));
}

function checksOf<Kind extends 'pass' | 'notVerifiable'>({ checks }: ClusterReport, kind: Kind) {
  return checks.flatMap((check) => {
    const outcome: CheckResult['outcome'] = check.outcome;
    return isOutcome(outcome, kind) ? [{ check, outcome }] : [];
  });
}

function isOutcome<Kind extends CheckResult['outcome']['kind']>(
  outcome: CheckResult['outcome'],
  kind: Kind,
): outcome is Outcome<Kind> {
  return outcome.kind === kind;
}

function below(parent: ClusterNode, part: string): Pick<ClusterNode, 'id' | 'contextName' | 'parent'> {
  return { id: `${parent.id} ${JSON.stringify(part)}`, contextName: parent.contextName, parent };
}
