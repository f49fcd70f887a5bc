import type { PositionRange } from '../../manifest/index.ts';
import type { RuleDescription, Severity } from '../../rules/index.ts';
import { homepage, version } from '../version.ts';
import type { Report, ReportedFinding, ReportedSuppression } from './report.ts';

/**
 * SARIF 2.1.0 (OASIS Standard), one run. Columns count UTF-16 units from 1. Files below the current directory are
 * relative to `SRCROOT`, which code scanning replaces by the checkout.
 */
export function sarifReport(report: Report, hasBaseline: boolean): string {
  const all = [...report.findings, ...report.suppressed.map(({ reported }) => reported)];
  const descriptions = [...new Map(all.map(({ finding }) => [finding.ruleId, finding.description])).values()].sort(
    (left, right) => (left.id < right.id ? -1 : 1),
  );
  const ruleIndex = new Map(descriptions.map(({ id }, index) => [id as string, index]));
  const results = [
    ...report.findings.map((reported) => result(reported, ruleIndex, hasBaseline)),
    ...report.suppressed.map((suppressed) => suppressedResult(suppressed, ruleIndex, hasBaseline)),
  ];
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'KubeHarden',
            semanticVersion: version,
            informationUri: homepage,
            rules: descriptions.map(reportingDescriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { uri: report.baseUri } },
        invocations: [
          {
            executionSuccessful: report.unreadable.length === 0,
            toolExecutionNotifications: [
              ...report.notChecked.map(({ file, reason }) => notification(file, reason, 'warning')),
              ...report.unreadable.map(({ file, reason }) => notification(file, reason, 'error')),
            ],
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

// What code scanning sorts by: 7.0 to 8.9 is shown as high, 4.0 to 6.9 as medium, below as low.
const securitySeverity: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', info: '2.0' };

function reportingDescriptor(description: RuleDescription) {
  const { cis, pss, nsa } = description.references;
  const tags = [
    'security',
    'kubernetes',
    ...(pss ?? []).map(({ level }) => `pss-${level}`),
    ...(cis ?? []).map((item) => `cis-${item}`),
    ...(nsa ? ['nsa'] : []),
  ];
  return {
    id: description.id,
    shortDescription: { text: description.summary },
    fullDescription: { text: description.why },
    help: {
      text: `${description.why}\n\nWhen not to follow it: ${description.whenNot}`,
      markdown: `${description.why}\n\n**When not to follow it:** ${description.whenNot}`,
    },
    helpUri: `${homepage}/blob/main/docs/rules/${description.id}.md`,
    defaultConfiguration: { level: levels[description.severity] },
    properties: {
      tags: [...new Set(tags)],
      'security-severity': securitySeverity[description.severity],
      'problem.severity': description.severity === 'info' ? 'recommendation' : description.severity,
      profile: description.profile,
    },
  };
}

function result(reported: ReportedFinding, ruleIndex: ReadonlyMap<string, number>, hasBaseline: boolean) {
  const { finding } = reported;
  const fix = reported.fix();
  const replacements = fix?.replacements() ?? [];
  const resource = finding.resource === '' ? [] : [{ fullyQualifiedName: finding.resource, kind: 'resource' }];
  return {
    ruleId: finding.ruleId,
    ruleIndex: ruleIndex.get(finding.ruleId),
    level: levels[reported.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(reported.file),
          region: { ...region(reported.range), snippet: { text: snippetText(reported) } },
        },
        ...(resource.length > 0 ? { logicalLocations: resource } : {}),
      },
    ],
    partialFingerprints: { 'kubehardenFinding/v1': finding.fingerprint },
    ...(hasBaseline ? { baselineState: finding.isBaselined ? 'unchanged' : 'new' } : {}),
    ...(reported.related.length > 0
      ? {
          relatedLocations: reported.related.map(({ file, range, message }) => ({
            message: { text: message },
            physicalLocation: { artifactLocation: artifactLocation(file), region: region(range) },
          })),
        }
      : {}),
    ...(fix !== undefined && replacements.length > 0
      ? {
          fixes: [
            {
              description: { text: fix.title },
              artifactChanges: [
                {
                  artifactLocation: artifactLocation(reported.file),
                  replacements: replacements.map(({ range, text }) => ({
                    deletedRegion: region(range),
                    insertedContent: { text },
                  })),
                },
              ],
            },
          ],
        }
      : {}),
  };
}

function suppressedResult(
  { reported, reason }: ReportedSuppression,
  ruleIndex: ReadonlyMap<string, number>,
  hasBaseline: boolean,
) {
  return {
    ...result(reported, ruleIndex, hasBaseline),
    suppressions: [{ kind: 'inSource', ...(reason === '' ? {} : { justification: reason }) }],
  };
}

function notification(file: string, reason: string, level: 'warning' | 'error') {
  return {
    level,
    message: { text: reason },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(file) } }],
  };
}

/** Absolute `file:` URIs stand alone; everything else is a path relative to the base directory. */
function artifactLocation(file: string) {
  const encoded = file.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(file)) return { uri: `file:///${file.slice(0, 2)}${encoded.slice(encoded.indexOf('/'))}` };
  if (file.startsWith('/')) return { uri: `file://${encoded}` };
  return { uri: encoded, uriBaseId: 'SRCROOT' };
}

function region({ start, end }: PositionRange) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** The text of a one-line region; its whole first line otherwise. */
function snippetText({ range, sourceLine }: ReportedFinding): string {
  if (range.start.line !== range.end.line) return sourceLine;
  return sourceLine.slice(range.start.character, range.end.character);
}
