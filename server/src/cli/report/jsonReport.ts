import type { PositionRange } from '../../manifest/index.ts';
import { version } from '../version.ts';
import { countFindings, type Report, type ReportedFinding } from './report.ts';

/** The report for programs; docs/command-line.md describes its shape. Lines and UTF-16 columns count from 1. */
export function jsonReport(report: Report): string {
  const counts = countFindings(report.findings);
  const content = {
    formatVersion: 1,
    tool: { name: 'kubeharden', version },
    findings: report.findings.map(jsonFinding),
    suppressed: report.suppressed.map(({ reported, reason }) => ({ ...jsonFinding(reported), reason })),
    notChecked: report.notChecked,
    unreadable: report.unreadable,
    summary: {
      errors: counts.error,
      warnings: counts.warning,
      infos: counts.info,
      baselined: counts.baselined,
      suppressed: report.suppressed.length,
      resources: report.resourceCount,
      files: report.files.length,
    },
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function jsonFinding(reported: ReportedFinding) {
  const { finding, file, range, severity } = reported;
  const fix = reported.fix();
  return {
    rule: finding.ruleId,
    severity,
    message: finding.message,
    file,
    range: oneBased(range),
    resource: finding.resource,
    fingerprint: finding.fingerprint,
    baselined: finding.isBaselined,
    related: reported.related.map((place) => ({ ...place, range: oneBased(place.range) })),
    fix: fix === undefined ? null : { class: fix.fixClass, title: fix.title },
  };
}

function oneBased({ start, end }: PositionRange) {
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}
