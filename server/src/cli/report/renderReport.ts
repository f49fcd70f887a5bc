import type { ReportFormat } from '../commandLine.ts';
import type { Report } from './report.ts';
import { type TextStyle, textReport } from './textReport.ts';

export interface RenderStyle extends TextStyle {
  readonly hasBaseline: boolean;
}

/** A report in the format asked for. Formats for machines are loaded only when they are. */
export async function renderReport(report: Report, format: ReportFormat, style: RenderStyle): Promise<string> {
  switch (format) {
    case 'text':
      return textReport(report, style);
    case 'json':
      return (await import('./jsonReport.ts')).jsonReport(report);
    case 'sarif':
      return (await import('./sarifReport.ts')).sarifReport(report, style.hasBaseline);
    case 'junit':
      return (await import('./junitReport.ts')).junitReport(report);
    case 'github':
      return (await import('./githubReport.ts')).githubReport(report);
  }
}
