import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Finding } from '../analysis/index.ts';
import type { RuleDescription, Severity } from '../rules/index.ts';
import { type Localize, say } from '../sentences/index.ts';
import { ruleUrl } from './ruleLinks.ts';

/** What a code action needs to find its finding again; messages may be translated and are never parsed. */
export interface DiagnosticData {
  readonly ruleId: string;
  readonly fingerprint: string;
}

export interface DiagnosticOptions {
  readonly localize: Localize;
  readonly relatedInformation: boolean;
  readonly maxProblems: number;
}

/**
 * The findings of one file as diagnostics, sorted by position. Above the cap the gravest are kept and a last diagnostic
 * says how many are not shown.
 */
export function toDiagnostics(findings: readonly Finding[], options: DiagnosticOptions): Diagnostic[] {
  const shown = gravest(findings, options.maxProblems);
  const diagnostics = shown.map((finding) => toDiagnostic(finding, options));
  const last = shown.at(-1);
  if (last !== undefined && shown.length < findings.length) {
    diagnostics.push({
      range: last.range,
      severity: DiagnosticSeverity.Information,
      source: diagnosticSource,
      message: options.localize('{count} more findings in this file are not shown, for the limit is {limit}.', {
        count: findings.length - shown.length,
        limit: options.maxProblems,
      }),
    });
  }
  return diagnostics;
}

const diagnosticSource = 'KubeHarden';

export function toDiagnostic(finding: Finding, options: Omit<DiagnosticOptions, 'maxProblems'>): Diagnostic {
  const { tag } = finding.description;
  const data: DiagnosticData = { ruleId: finding.ruleId, fingerprint: finding.fingerprint };
  return {
    range: finding.range,
    severity: severities[finding.severity],
    source: diagnosticSource,
    code: finding.ruleId,
    codeDescription: { href: ruleUrl(finding.ruleId) },
    message: say(finding.sentence, options.localize),
    ...(tag !== undefined && { tags: [tags[tag]] }),
    ...(options.relatedInformation &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ uri, range, message }) => ({ location: { uri, range }, message })),
      }),
    data,
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

const tags: Readonly<Record<NonNullable<RuleDescription['tag']>, DiagnosticTag>> = {
  deprecated: DiagnosticTag.Deprecated,
  unnecessary: DiagnosticTag.Unnecessary,
};

const gravity: readonly Severity[] = ['error', 'warning', 'info'];

function gravest(findings: readonly Finding[], limit: number): readonly Finding[] {
  if (findings.length <= limit) return findings;
  const kept = new Set(gravity.flatMap((severity) => findings.filter((f) => f.severity === severity)).slice(0, limit));
  return findings.filter((finding) => kept.has(finding));
}
