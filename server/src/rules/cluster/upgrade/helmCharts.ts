import type { Resource } from '../../../kubernetes/index.ts';
import { type Argument, phrase, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, notVerifiable, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const workloads = [
  ['Deployment.apps', 'deployments'],
  ['DaemonSet.apps', 'daemonsets'],
  ['StatefulSet.apps', 'statefulsets'],
] as const;
const needs = workloads.map(([, resource]) => mayList('apps', resource));

/** Charts whose project has ended, by name. */
const ended: Readonly<Record<string, string>> = {
  // kubernetes.io/blog/2025/11/11/ingress-nginx-retirement
  'ingress-nginx': '2026-03-31',
  // grafana.com/docs/loki, "Promtail agent"
  promtail: '2026-03-02',
};

/** Helm keeps releases in Secrets; the labels that its charts write are open to every viewer. */
export const helmCharts: ClusterCheck = {
  id: 'upgrade/helm-charts',
  guide: 7,
  summary: 'Installed charts are of projects that still mend them',
  evidence: 'the label `helm.sh/chart` of workloads',
  severity: 'warning',
  why: 'What a chart installed stays as it was until somebody upgrades it, also after its project has ended.',
  needs,
  judge(evidence) {
    const lists = workloads.map(([kind]) => evidence.resources(kind));
    const unseen = unseenOf(...lists);
    if (unseen.length > 0) return unseenOutcome(...unseen);
    const charts = chartsOf(lists.flatMap((list) => (list.kind === 'seen' ? list.value : [])));
    const failures = [...charts].flatMap(([chart, places]): readonly CheckFailure[] => {
      const since = Object.hasOwn(ended, nameOf(chart)) ? ended[nameOf(chart)] : undefined;
      if (since === undefined || since >= evidence.scannedAt.slice(0, 10)) return [];
      return [
        {
          message: sentence('The chart {chart} in {places} is of a project that ended on {since}.', {
            chart,
            places: fewOf(places),
            since,
          }),
        },
      ];
    });
    if (failures.length > 0) return fail(...failures);
    if (charts.size === 0) return passIfAllRead(sentence('No workload carries the label of a chart.'), needs, ...lists);
    return notVerifiable(
      sentence(
        'Installed by charts: {charts}. Whether newer versions exist, or a release has failed, is not known here: Helm keeps that in Secrets, which are not read, and in the indices of repositories.',
        { charts: fewOf([...charts.keys()].sort(), 8) },
      ),
      [sentence('`helm list --all-namespaces` shows releases, `helm search repo` what is new.')],
    );
  },
};

/** `ingress-nginx-4.11.3` by the namespaces that it is in; the label is documented at helm.sh/docs/chart_best_practices/labels. */
function chartsOf(workloads: readonly Resource[]): ReadonlyMap<string, readonly Argument[]> {
  const charts = new Map<string, Argument[]>();
  for (const { labels, namespace } of workloads) {
    const chart = labels.get('helm.sh/chart');
    if (chart !== undefined)
      charts.set(chart, [...(charts.get(chart) ?? []), phrase('namespace {namespace}', { namespace })]);
  }
  return charts;
}

function nameOf(chart: string): string {
  return chart.replace(/-v?\d+\.\d+.*$/, '');
}
