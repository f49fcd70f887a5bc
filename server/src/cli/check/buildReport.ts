import type { FileFindings, Finding, Workspace } from '../../analysis/index.ts';
import type { ManifestFile, PositionRange, ValueSource } from '../../manifest/index.ts';
import type { Fix } from '../../rules/index.ts';
import type { NotCheckedFile, ReportedFinding, ReportedFix, ReportedSuppression } from '../report/report.ts';
import type { NamedInput } from './collectInputs.ts';
import { readSourceComments, type SourceMap } from './helmSource.ts';

/** What the judgement of one file adds to the report. */
export interface FileReport {
  readonly findings: readonly ReportedFinding<Finding>[];
  readonly suppressed: readonly ReportedSuppression[];
  readonly notChecked: readonly NotCheckedFile[];
  /** Names of the manifests in it: its own, or the templates of a rendered chart; none if it is no manifest. */
  readonly files: readonly string[];
  readonly resourceCount: number;
}

/** Judges one file. `nameOf` gives the name in reports of any file's URI. */
export function reportFile(workspace: Workspace, input: NamedInput, nameOf: (uri: string) => string): FileReport {
  const judged: FileFindings = workspace.findings(input.uri);
  const file = workspace.file(input.uri);
  const sources = input.path === undefined && file !== undefined ? readSourceComments(file.text) : undefined;
  const reported = (finding: Finding) => reportFinding(finding, { workspace, input, file, sources, nameOf });
  const notChecked = judged.notChecked.map((reason) => ({ file: input.file, reason }));
  return {
    findings: judged.findings.map(reported),
    suppressed: judged.suppressed.map(({ finding, reason }) => ({ reported: reported(finding), reason })),
    notChecked,
    files: judged.isManifest ? (sources?.files ?? [input.file]) : [],
    resourceCount: judged.resourceCount,
  };
}

interface Surroundings {
  readonly workspace: Workspace;
  readonly input: NamedInput;
  readonly file: ManifestFile | undefined;
  readonly sources: SourceMap | undefined;
  readonly nameOf: (uri: string) => string;
}

function reportFinding(
  finding: Finding,
  { workspace, input, file, sources, nameOf }: Surroundings,
): ReportedFinding<Finding> {
  const source = sources?.sourceOf(finding.range.start);
  const fix = (): ReportedFix | undefined => {
    const best = finding.fixes()[0];
    if (best === undefined) return undefined;
    return {
      title: best.title,
      fixClass: best.fixClass,
      // A placeholder is no fix for a program to apply, and the lines of a rendered chart are not those of its template.
      replacements: () =>
        source === undefined && best.fixClass !== 'input' ? replacements(workspace, input.uri, best) : [],
    };
  };
  return {
    file: source?.file ?? input.file,
    range: source === undefined ? finding.range : shifted(finding.range, source.firstLine),
    sourceLine: file === undefined ? '' : lineOf(file, finding.range.start.line),
    severity: finding.isBaselined ? 'info' : finding.severity,
    related: finding.related.map(({ uri, range, message }) => ({ file: nameOf(uri), range, message })),
    fix,
    finding,
  };
}

function replacements(workspace: Workspace, uri: string, fix: Fix): ReturnType<ReportedFix['replacements']> {
  let makesSecret = false;
  const noSecrets: ValueSource = {
    randomBytes() {
      makesSecret = true;
      return '';
    },
  };
  const plan = workspace.planFix(uri, fix, noSecrets);
  const file = workspace.file(uri);
  // A key does not belong into a report that is uploaded and kept.
  if (makesSecret || plan.kind === 'refused' || plan.newFiles.length > 0 || file === undefined) return [];
  return plan.edits.map(({ start, end, text }) => ({
    range: { start: file.positionAt(start), end: file.positionAt(end) },
    text,
  }));
}

function shifted({ start, end }: PositionRange, lines: number): PositionRange {
  return { start: { ...start, line: start.line - lines }, end: { ...end, line: end.line - lines } };
}

function lineOf(file: ManifestFile, line: number): string {
  const start = file.offsetAt({ line, character: 0 });
  const end = file.text.indexOf('\n', start);
  const text = file.text.slice(start, end === -1 ? undefined : end);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
