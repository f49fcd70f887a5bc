import type { ClusterReport, ContextList, LiveFinding } from '../../../client/src/clusterFindings/spoken.ts';

/** A finding on a Deployment of namespace shop, unless said otherwise. */
export function liveFinding(known: Partial<LiveFinding> & { readonly name?: string } = {}): LiveFinding {
  const { name = 'web', ...rest } = known;
  const ruleId = rest.ruleId ?? 'pod/privileged';
  return {
    ruleId,
    severity: 'error',
    message: `Container "${name}" is privileged.`,
    messageKey: 'privileged',
    args: { container: name },
    object: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name },
    path: ['spec', 'template', 'spec', 'containers', 0],
    isSystem: false,
    fingerprint: `${ruleId} ${name}`,
    ...rest,
  };
}

export function clusterReport(known: Partial<ClusterReport> = {}): ClusterReport {
  return {
    contextName: 'prod',
    server: 'https://cluster.example:6443',
    version: 'v1.37.2',
    scannedAt: '2026-11-25T12:00:00.000Z',
    profile: 'guide',
    rules: ['pod/privileged'],
    findings: [],
    checks: [],
    gaps: [],
    objectCount: 0,
    objects: [],
    ...known,
  };
}

/** Contexts of these names; the last one is current. */
export function contextList(...names: readonly string[]): ContextList {
  return {
    files: ['~/.kube/config'],
    problems: [],
    contexts: names.map((name, index) => ({
      name,
      cluster: name,
      user: 'jane',
      namespace: 'default',
      server: `https://${name}.example:6443`,
      isCurrent: index === names.length - 1,
      problems: [],
    })),
  };
}

/** A scan of a context that gave this report. */
export function scanned(report: ClusterReport) {
  return { kind: 'report', report, statistics: { milliseconds: 1, connections: 1, requests: 1, bytes: 1 } } as const;
}
