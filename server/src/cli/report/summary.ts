import { countFindings, type NotCheckedFile, type Report } from './report.ts';

/** The closing lines of a text report: what was found, in how much, and what was not looked at. */
export function summaryLines(report: Report): readonly string[] {
  const lines = [findingsLine(report)];
  const { fixes } = report;
  if (fixes !== undefined) {
    const what = `${plural(fixes.applied, 'fix', 'fixes')} in ${plural(fixes.files, 'file')}`;
    lines.push(fixes.isDryRun ? `Would apply ${what}.` : `Applied ${what}.`);
  }
  if (report.notChecked.length > 0) lines.push(...notReached(report.notChecked, 'not checked'));
  if (report.unreadable.length > 0) lines.push(...notReached(report.unreadable, 'could not be read or written'));
  return lines;
}

function findingsLine(report: Report): string {
  const counts = countFindings(report.findings);
  const counted = counts.error + counts.warning + counts.info;
  const bySeverity = [
    counts.error > 0 ? plural(counts.error, 'error') : '',
    counts.warning > 0 ? plural(counts.warning, 'warning') : '',
    counts.info > 0 ? `${counts.info} info` : '',
  ].filter((part) => part !== '');
  const found = counted === 0 ? 'No findings' : `${plural(counted, 'finding')} (${bySeverity.join(', ')})`;
  const aside = [
    counts.baselined > 0 ? `${counts.baselined} in the baseline` : '',
    report.suppressed.length > 0 ? `${report.suppressed.length} suppressed` : '',
  ].filter((part) => part !== '');
  const asideText = aside.length === 0 ? '' : `; ${aside.join(', ')}`;
  if (report.files.length === 0) return `${found}: no Kubernetes manifests were found${asideText}.`;
  return `${found} in ${plural(report.resourceCount, 'resource')} of ${plural(report.files.length, 'file')}${asideText}.`;
}

function notReached(files: readonly NotCheckedFile[], what: string): readonly string[] {
  const heading = `${plural(new Set(files.map(({ file }) => file)).size, 'file')} ${what}:`;
  return [heading, ...files.map(({ file, reason }) => `  ${file}: ${reason}`)];
}

/** `1 file`, `2 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
