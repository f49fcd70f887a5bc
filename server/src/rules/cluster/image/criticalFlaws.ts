import {
  isSystemNamespace,
  type ReportedFlaws,
  type ResourceIdentity,
  reportedFlaws,
} from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, notVerifiable, passIfAllRead, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('aquasecurity.github.io', 'vulnerabilityreports'), mayList('', 'pods')];

const month = 30 * 24 * 60 * 60 * 1000;

/** Another tool has looked into the images; here its word is only brought to the workloads that run them. */
export const criticalFlaws: ClusterCheck = {
  id: 'image/critical-flaws-reported',
  guide: 5,
  summary: 'The scanner of the cluster knows of no critical flaws in running images',
  evidence: 'the numbers in the reports of Trivy Operator, running pods',
  severity: 'warning',
  why: 'A critical flaw in an image that runs is the shortest way into its container.',
  references: ['NSA', 'aquasecurity.github.io/trivy-operator'],
  needs,
  judge(evidence) {
    const flaws = reportedFlaws(evidence);
    if (flaws.kind === 'unseen') return unseenOutcome(flaws);
    const ours = flaws.value.filter(({ controller }) => !isSystemNamespace(controller.namespace));
    const newest = flaws.value
      .map(({ since }) => since)
      .sort()
      .at(-1);
    if (newest === undefined)
      return notVerifiable(
        sentence('Trivy Operator has reported on nothing that runs, as far as its reports were read.'),
      );
    if (Date.parse(evidence.scannedAt) - Date.parse(newest) > month) {
      return fail({
        message: sentence('Trivy Operator made its last report on {date}, so flaws found since are unknown.', {
          date: newest.slice(0, 10),
        }),
      });
    }
    const failures = [...byWorkload(ours)].flatMap(([, reports]) => failureOf(reports));
    if (failures.length > 0) return fail(...failures);
    const because = sentence(
      'Trivy Operator knows of no critical flaw in what it has reported on ({count} containers, last on {date}).',
      { count: ours.length, date: newest.slice(0, 10) },
    );
    return passIfAllRead(because, needs, flaws);
  },
};

function byWorkload(reports: readonly ReportedFlaws[]): ReadonlyMap<string, readonly ReportedFlaws[]> {
  const workloads = new Map<string, ReportedFlaws[]>();
  for (const report of reports.filter(({ critical }) => critical > 0)) {
    const key = nameOf(report.controller);
    workloads.set(key, [...(workloads.get(key) ?? []), report]);
  }
  return workloads;
}

function failureOf(reports: readonly ReportedFlaws[]): readonly CheckFailure[] {
  const [first] = reports;
  if (first === undefined) return [];
  const total = reports.reduce((sum, { critical }) => sum + critical, 0);
  const workload = nameOf(first.controller);
  const images = fewOf(reports.map(({ image }) => image));
  const message =
    total === 1
      ? sentence('Trivy Operator knows of one critical flaw in the images of {workload} ({images}).', {
          workload,
          images,
        })
      : sentence('Trivy Operator knows of {total} critical flaws in the images of {workload} ({images}).', {
          total,
          workload,
          images,
        });
  return [{ message, object: first.controller }];
}

function nameOf({ kind, namespace, name }: ResourceIdentity): string {
  return `${kind} ${namespace}/${name}`;
}
