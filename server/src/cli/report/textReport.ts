import { excerptOf } from './excerpt.ts';
import type { Report, ReportedFinding } from './report.ts';
import { summaryLines } from './summary.ts';
import { colorPaint, type Paint, plainPaint, visible } from './terminalText.ts';

export interface TextStyle {
  readonly color: boolean;
  /** One line per finding, no excerpts, no summary. */
  readonly quiet: boolean;
}

/** The report for people. Ends with a newline unless it is empty (quiet, and nothing found). */
export function textReport(report: Report, style: TextStyle): string {
  const paint = style.color ? colorPaint : plainPaint;
  if (style.quiet) return report.findings.map((reported) => `${oneLine(reported)}\n`).join('');
  const findings = report.findings.map((reported) => `${withExcerpt(reported, paint)}\n\n`).join('');
  return `${findings}${summaryLines(report)
    .map((line, index) => (index === 0 ? paint('strong', line) : visible(line)))
    .join('\n')}\n`;
}

/** `file:line:column: severity: message [rule]`, as compilers write it and editors read it. */
function oneLine(reported: ReportedFinding): string {
  const { finding, severity } = reported;
  return `${position(reported)}: ${severity}: ${visible(finding.message)} [${finding.ruleId}]`;
}

function withExcerpt(reported: ReportedFinding, paint: Paint): string {
  const { finding, severity, range, sourceLine } = reported;
  const excerpt = excerptOf(sourceLine, range);
  const lineNumber = String(range.start.line + 1);
  const margin = ' '.repeat(lineNumber.length);
  const bar = paint('faint', '|');
  const baselined = finding.isBaselined ? paint('faint', ' (in the baseline)') : '';
  const lines = [
    `${paint('strong', position(reported))} ${paint(severity, severity)} ${finding.ruleId}${baselined}`,
    `  ${visible(finding.message)}`,
    `  ${paint('faint', lineNumber)} ${bar} ${excerpt.source}`,
    `  ${margin} ${bar} ${excerpt.padding}${paint(severity, excerpt.carets)}`,
  ];
  const fix = reported.fix();
  if (fix !== undefined) lines.push(`  ${paint('faint', `Fix (${fixWords[fix.fixClass]}):`)} ${visible(fix.title)}`);
  return lines.join('\n');
}

const fixWords = { safe: 'safe', hardening: 'hardening', review: 'review first', input: 'needs input' } as const;

function position({ file, range }: ReportedFinding): string {
  return `${visible(file)}:${range.start.line + 1}:${range.start.character + 1}`;
}
