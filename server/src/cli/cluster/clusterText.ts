import { groupBy } from '../../analysis/index.ts';
import type { ClusterReport } from '../../cluster/index.ts';
import { permissionWords } from '../../kubernetes/index.ts';
import { inEnglish, isSentence } from '../../sentences/index.ts';
import { countFindings, type Report, type ReportedFinding } from '../report/report.ts';
import { plural } from '../report/summary.ts';
import { colorPaint, type Paint, plainPaint, visible } from '../report/terminalText.ts';
import type { TextStyle } from '../report/textReport.ts';

/** The report on a cluster for people: findings by object, then what could not be told and what would help. */
export function clusterText(cluster: ClusterReport, report: Report, style: TextStyle): string {
  if (style.quiet) return report.findings.map((reported) => `${oneLine(reported)}\n`).join('');
  const paint = style.color ? colorPaint : plainPaint;
  const byFile = groupBy(report.findings, ({ file }) => file);
  const blocks = [...byFile.values()].map((findings) => objectBlock(findings, cluster, paint));
  const parts = [...blocks, notVerifiable(cluster, paint), notRead(cluster, paint), summary(cluster, report, paint)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function oneLine({ file, severity, finding }: ReportedFinding): string {
  return `${visible(file)}: ${severity}: ${visible(finding.message)} [${finding.ruleId}]`;
}

function objectBlock(findings: readonly ReportedFinding[], { contextName }: ClusterReport, paint: Paint): string {
  const resource = findings[0]?.finding.resource ?? '';
  const heading = resource === '' ? `Cluster ${contextName}` : resource;
  const lines = findings.map(({ severity, finding, sourceLine }) => {
    const where = sourceLine === '' ? '' : `\n    ${paint('faint', visible(sourceLine))}`;
    return `  ${paint(severity, severity)} ${finding.ruleId}\n    ${visible(finding.message)}${where}`;
  });
  return [paint('strong', visible(heading)), ...lines].join('\n');
}

/** What several checks lack is said once, below all of them. */
function notVerifiable({ checks }: ClusterReport, paint: Paint): string {
  const open = checks.flatMap(({ id, outcome }) => {
    if (outcome.kind !== 'notVerifiable') return [];
    const help = outcome.unlockedBy.map((one) => inEnglish(isSentence(one) ? one : permissionWords(one)));
    const hint = help.length === 0 ? '' : `\n    ${paint('faint', `It would take: ${help.map(visible).join('; ')}`)}`;
    return [{ id, reason: `    ${visible(inEnglish(outcome.because))}${hint}` }];
  });
  const blocks = [...groupBy(open, ({ reason }) => reason)].map(([reason, alike]) =>
    [...alike.map(({ id }) => `  ${id}`), reason].join('\n'),
  );
  return blocks.length === 0 ? '' : [paint('strong', 'Not verifiable'), ...blocks].join('\n');
}

function notRead({ gaps }: ClusterReport, paint: Paint): string {
  const forbidden = gaps.filter(({ cause }) => cause === 'forbidden');
  const others = gaps.filter((gap) => !forbidden.includes(gap));
  const lines = [
    ...forbidden.map(({ what }) => `  You may not read ${visible(what)}.`),
    ...others.map(({ what, reason }) => `  ${visible(what)}: ${visible(inEnglish(reason))}`),
  ];
  return lines.length === 0 ? '' : [paint('strong', 'Not read'), ...lines].join('\n');
}

function summary(cluster: ClusterReport, report: Report, paint: Paint): string {
  const { error, warning, info } = countFindings(report.findings);
  const counts = [plural(error, 'error'), plural(warning, 'warning'), `${info} info`].join(', ');
  const outcomes = groupBy(cluster.checks, ({ outcome }) => outcome.kind);
  const of = (kind: 'pass' | 'fail' | 'notVerifiable') => outcomes.get(kind)?.length ?? 0;
  const version = cluster.version === undefined ? '' : `, Kubernetes ${cluster.version}`;
  return [
    paint(
      'strong',
      `${counts} in ${plural(cluster.objectCount, 'object')} of ${visible(cluster.contextName)}${visible(version)}.`,
    ),
    `Checks of the cluster: ${of('pass')} passed, ${of('fail')} failed, ${of('notVerifiable')} not verifiable.`,
  ].join('\n');
}
