import { checkDescription, ruleDescription } from '../../analysis/index.ts';
import type { CheckResult, ClusterReport, LiveFinding } from '../../cluster/index.ts';
import type { ResourceIdentity } from '../../kubernetes/index.ts';
import type { CheckFailure, RuleDescription } from '../../rules/index.ts';
import { inEnglish } from '../../sentences/index.ts';
import type { ClusterOptions } from '../commandLine.ts';
import type { Report, ReportedFinding } from '../report/report.ts';

/**
 * A report on a cluster in the terms of one on files, for the formats that programs read: an object stands in the place of
 * a file (`prod/apps/Deployment/shop/web`), and the path of the field is its one line.
 */
export function reportOfCluster(
  cluster: ClusterReport,
  { includeSystem, failOn }: Pick<ClusterOptions, 'includeSystem' | 'failOn'>,
): Report {
  const shown = cluster.findings.filter(({ isSystem }) => includeSystem || !isSystem);
  const findings = [
    ...shown.map((finding) => reportedObject(finding, cluster.contextName)),
    ...cluster.checks.flatMap((check) => reportedCheck(check, cluster.contextName)),
  ];
  const unverified = cluster.checks.flatMap(({ id, outcome }) =>
    outcome.kind === 'notVerifiable' ? [{ file: id, reason: inEnglish(outcome.because) }] : [],
  );
  return {
    findings,
    suppressed: [],
    notChecked: [...cluster.gaps.map(({ what, reason }) => ({ file: what, reason: inEnglish(reason) })), ...unverified],
    unreadable: [],
    files: [...new Set(findings.map(({ file }) => file))],
    resourceCount: cluster.objectCount,
    failOn,
    fixes: undefined,
    baseUri: 'kubernetes:///',
  };
}

const firstLine = { line: 0, character: 0 };

function reportedObject(finding: LiveFinding, contextName: string): ReportedFinding {
  const { ruleId, severity, object, path, fingerprint, addedToPodsOf } = finding;
  const message = inEnglish(finding.message);
  const field = fieldName(path);
  return {
    file: objectFile(contextName, object),
    range: { start: firstLine, end: { line: 0, character: field.length } },
    sourceLine: field,
    severity,
    related: [],
    fix: () => undefined,
    finding: {
      ruleId,
      description: ruleDescription(ruleId) ?? unknownRule(ruleId),
      message: addedToPodsOf === undefined ? message : `${message} (added to the pods at admission)`,
      resource: describeObject(object),
      isBaselined: false,
      fingerprint,
    },
  };
}

function reportedCheck(check: CheckResult, contextName: string): readonly ReportedFinding[] {
  const { id, summary, why, severity, outcome } = check;
  if (outcome.kind !== 'fail') return [];
  return outcome.failures.map((failure: CheckFailure): ReportedFinding => {
    const resource = failure.object === undefined ? '' : describeObject(failure.object);
    return {
      file: failure.object === undefined ? contextName : objectFile(contextName, failure.object),
      range: { start: firstLine, end: firstLine },
      sourceLine: '',
      severity: failure.severity ?? severity,
      related: [],
      fix: () => undefined,
      finding: {
        ruleId: id,
        description:
          ruleDescription(id) ?? checkDescription({ id, summary: inEnglish(summary), why: inEnglish(why), severity }),
        message: inEnglish(failure.message),
        resource,
        isBaselined: false,
        fingerprint: `${id} ${resource}`,
      },
    };
  });
}

/** `Deployment shop/web` */
export function describeObject({ kind, namespace, name }: ResourceIdentity): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** `spec.containers[0].image` */
export function fieldName(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w-]+$/.test(step) ? `${index === 0 ? '' : '.'}${step}` : `["${step}"]`;
    })
    .join('');
}

function objectFile(contextName: string, { group, kind, namespace, name }: ResourceIdentity): string {
  return [contextName, group, kind, namespace, name].filter((part) => part !== '').join('/');
}

function unknownRule(id: string): RuleDescription {
  return checkDescription({ id, summary: id, severity: 'info', why: id });
}
