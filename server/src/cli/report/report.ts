import { type Finding, groupBy } from '../../analysis/index.ts';
import type { PositionRange } from '../../manifest/index.ts';
import type { FixClass, Severity } from '../../rules/index.ts';

/** What reports say of a finding beside its place. */
export type ShownFinding = Pick<
  Finding,
  'ruleId' | 'description' | 'message' | 'resource' | 'isBaselined' | 'fingerprint'
>;

/** A finding as reports show it: at the file and line that the user knows it by. */
export interface ReportedFinding<Shown extends ShownFinding = ShownFinding> {
  /** Relative to the current directory where it lies below it, with forward slashes; `<stdin>`; a `# Source:` file. */
  readonly file: string;
  /** Zero-based lines and UTF-16 columns, within {@link file}. */
  readonly range: PositionRange;
  /** The text of the line it starts in, without its line ending. */
  readonly sourceLine: string;
  /** As shown: info for what the baseline lists. */
  readonly severity: Severity;
  /** Other places that the message speaks of. */
  readonly related: readonly { readonly file: string; readonly range: PositionRange; readonly message: string }[];
  /** The best fix; undefined where there is none. */
  fix(): ReportedFix | undefined;
  readonly finding: Shown;
}

export interface ReportedFix {
  readonly title: string;
  readonly fixClass: Exclude<FixClass, 'none'>;
  /** Planned when asked for, within the finding's file; empty where the fix does more than that or cannot be applied. */
  replacements(): readonly { readonly range: PositionRange; readonly text: string }[];
}

export interface ReportedSuppression {
  readonly reported: ReportedFinding;
  readonly reason: string;
}

export interface NotCheckedFile {
  readonly file: string;
  /** A whole sentence. */
  readonly reason: string;
}

/** All that a run of `check` has to say. */
export interface Report {
  /** By file (in the order of judging), then by position. */
  readonly findings: readonly ReportedFinding[];
  readonly suppressed: readonly ReportedSuppression[];
  /** Files or parts of files that were not judged. */
  readonly notChecked: readonly NotCheckedFile[];
  /** Inputs that could not be read at all; they make the exit code 2. */
  readonly unreadable: readonly NotCheckedFile[];
  /** Manifests that were judged, those without findings included. */
  readonly files: readonly string[];
  readonly resourceCount: number;
  /** From which severity on a finding fails the run. */
  readonly failOn: Severity;
  /** What --fix did; undefined without it. */
  readonly fixes: { readonly applied: number; readonly files: number; readonly isDryRun: boolean } | undefined;
  /** Absolute `file:` URI of the directory that relative file names are relative to, with a final slash. */
  readonly baseUri: string;
}

const rank: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** Whether a finding makes the run fail. */
export function fails(reported: ReportedFinding, failOn: Severity): boolean {
  return !reported.finding.isBaselined && rank[reported.severity] >= rank[failOn];
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly baselined: number;
}

/** Baselined findings are counted apart, whatever their severity. */
export function countFindings(findings: readonly ReportedFinding[]): Counts {
  const counts = { error: 0, warning: 0, info: 0, baselined: 0 };
  for (const { finding, severity } of findings) counts[finding.isBaselined ? 'baselined' : severity]++;
  return counts;
}

/** Findings of one file each, in the order of the report. */
export function groupByFile(findings: readonly ReportedFinding[]): ReadonlyMap<string, readonly ReportedFinding[]> {
  return groupBy(findings, (reported) => reported.file);
}
