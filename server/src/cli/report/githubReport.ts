import type { Report, ReportedFinding } from './report.ts';
import { summaryLines } from './summary.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Workflow commands of GitHub Actions, which become annotations of the changed lines. Everything that stems from a
 * manifest is escaped, so that no text of it can start a command of its own.
 */
export function githubReport(report: Report): string {
  const lines = report.findings.map(annotation);
  for (const { file, reason } of [...report.notChecked, ...report.unreadable]) {
    lines.push(`::warning file=${property(file)},title=Not checked::${data(reason)}`);
  }
  return [...lines, ...summaryLines(report).map(data), ''].join('\n');
}

function annotation({ file, range, severity, finding }: ReportedFinding): string {
  const { start, end } = range;
  // GitHub takes columns only for a range within one line.
  const columns = start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : [];
  const properties = [
    `file=${property(file)}`,
    `line=${start.line + 1}`,
    `endLine=${end.line + 1}`,
    ...columns,
    `title=${property(finding.ruleId)}`,
  ];
  return `::${commands[severity]} ${properties.join(',')}::${data(finding.message)}`;
}

// The escapes of actions/toolkit, packages/core/src/command.ts.
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
