import { fails, groupByFile, type Report, type ReportedFinding } from './report.ts';

/**
 * JUnit XML as Jenkins and GitLab read it: a suite per file, a test case per finding. Findings that do not fail the
 * run are passed cases with their message as output, so that the test report and the exit code agree.
 */
export function junitReport(report: Report): string {
  const byFile = groupByFile(report.findings);
  const names = [...new Set([...report.files, ...byFile.keys()])];
  const suites = names.map((file) => suite(file, byFile.get(file) ?? [], report));
  const untouched = [
    ...report.notChecked.map(({ file, reason }) => ({ file, reason, element: 'skipped' })),
    ...report.unreadable.map(({ file, reason }) => ({ file, reason, element: 'error' })),
  ].map(({ file, reason, element }) => {
    const skipped = element === 'skipped' ? 1 : 0;
    return [
      `  <testsuite name="${xml(file)}" tests="1" failures="0" errors="${1 - skipped}" skipped="${skipped}">`,
      `    <testcase name="is checked" classname="${xml(file)}">`,
      `      <${element} message="${xml(reason)}"/>`,
      '    </testcase>',
      '  </testsuite>',
    ].join('\n');
  });
  const failures = report.findings.filter((finding) => fails(finding, report.failOn)).length;
  const tests = names.reduce((sum, file) => sum + Math.max(1, byFile.get(file)?.length ?? 0), 0) + untouched.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kubeharden" tests="${tests}" failures="${failures}" errors="${report.unreadable.length}">`,
    ...suites,
    ...untouched,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: string, findings: readonly ReportedFinding[], report: Report): string {
  const failures = findings.filter((finding) => fails(finding, report.failOn)).length;
  const cases =
    findings.length === 0
      ? [`    <testcase name="has no findings" classname="${xml(file)}"/>`]
      : findings.map((finding) => testCase(finding, report));
  return [
    `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function testCase(reported: ReportedFinding, report: Report): string {
  const { finding, file, range, severity } = reported;
  const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
  const body = `${place}\n${finding.resource === '' ? '' : `${finding.resource}\n`}${reported.sourceLine.trim()}`;
  const result = fails(reported, report.failOn)
    ? `<failure type="${severity}" message="${xml(finding.message)}">${xml(body)}</failure>`
    : `<system-out>${xml(`${severity}: ${finding.message}\n${body}`)}</system-out>`;
  const name = `${finding.ruleId} at line ${range.start.line + 1}`;
  return `    <testcase name="${xml(name)}" classname="${xml(file)}">\n      ${result}\n    </testcase>`;
}

// XML 1.0, 2.2: most control characters cannot be written at all, not even as references; the rest is discouraged.
const notXml = /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu;
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(notXml, '\u{FFFD}')
    .replace(/[&<>"\n\r\t]/g, (character) => references[character] ?? character);
}
