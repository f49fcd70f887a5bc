import { providerNames, providerOf, type Resource, resourceIdentity } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, notVerifiable, pass, unseenOutcome } from '../outcomes.ts';

/** Who replaces or restarts nodes so that patched kernels run, by API group or DaemonSet. */
const updaters: readonly { readonly name: string; readonly group?: string; readonly daemonSet?: RegExp }[] = [
  { name: 'kured', daemonSet: /^kured$/ },
  { name: 'System Upgrade Controller', group: 'upgrade.cattle.io' },
  { name: 'Karpenter', group: 'karpenter.sh' },
  { name: 'Bottlerocket update operator', group: 'brupop.bottlerocket.aws' },
  { name: 'Cluster API', group: 'cluster.x-k8s.io' },
  { name: 'Machine Config Operator', group: 'machineconfiguration.openshift.io' },
];

/**
 * When kured began to restart a node, while it is at it (cmd/kured/main.go, with --annotate-nodes). Its other annotation,
 * most-recent-reboot-needed, stays after the restart and says nothing.
 */
const restartBegan = ['kured.dev/kured-reboot-in-progress', 'weave.works/kured-reboot-in-progress'];

/** No drain should take longer, so that the restart is stuck. */
const day = 24 * 60 * 60 * 1000;

export const nodeUpdates: ClusterCheck = {
  id: 'upgrade/node-auto-update',
  guide: 7,
  summary: 'Something restarts or replaces nodes so that patched kernels run',
  evidence: 'annotations of nodes, DaemonSets, which APIs are served',
  severity: 'info',
  why: 'A patched kernel on the disk mends nothing until the node restarts, and nobody restarts nodes by hand for long.',
  needs: [mayList('apps', 'daemonsets'), mayList('', 'nodes')],
  judge(evidence) {
    const nodes = evidence.resources('Node');
    const stuck = nodes.kind === 'seen' ? nodes.value.flatMap((node) => stuckRestart(node, evidence.scannedAt)) : [];
    if (stuck.length > 0) return fail(...stuck);
    const daemonSets = evidence.resources('DaemonSet.apps');
    const groups = evidence.apiGroups.kind === 'seen' ? evidence.apiGroups.value : new Set<string>();
    const found = updaters.find(
      ({ group, daemonSet }) =>
        (group !== undefined && groups.has(group)) ||
        (daemonSet !== undefined &&
          daemonSets.kind === 'seen' &&
          daemonSets.value.some(({ name }) => daemonSet.test(name))),
    );
    if (found !== undefined) return pass(sentence('Found: {name}.', { name: found.name }));
    const provider = providerOf(evidence);
    if (provider !== 'selfManaged') {
      return notVerifiable(
        sentence('{provider} can update nodes itself, which the cluster does not show.', {
          provider: providerNames[provider],
        }),
        [
          sentence('{provider} shows in its own console whether nodes are updated.', {
            provider: providerNames[provider],
          }),
        ],
      );
    }
    if (daemonSets.kind === 'unseen') return unseenOutcome(daemonSets);
    if (daemonSets.incomplete !== undefined)
      return notVerifiable(daemonSets.incomplete, [mayList('apps', 'daemonsets')]);
    const oldest = nodes.kind === 'seen' ? oldestOf(nodes.value) : undefined;
    return fail({
      message:
        oldest === undefined
          ? sentence(
              'Nothing that is known here restarts or replaces nodes, so patched kernels wait for somebody to do it.',
            )
          : sentence(
              'Nothing that is known here restarts or replaces nodes (the oldest node joined on {oldest}), so patched kernels wait for somebody to do it.',
              { oldest },
            ),
    });
  },
};

/** YYYY-MM-DD */
function oldestOf(nodes: readonly Resource[]): string | undefined {
  const joined = nodes.flatMap(({ metadata }) => metadata.get('creationTimestamp').string ?? []);
  return joined.sort()[0]?.slice(0, 10);
}

function stuckRestart(node: Resource, now: string): readonly CheckFailure[] {
  const began = restartBegan.flatMap((annotation) => node.annotations.get(annotation) ?? [])[0] ?? '';
  const since = Date.parse(began);
  if (Number.isNaN(since) || Date.parse(now) - since < day) return [];
  return [
    {
      message: sentence(
        'Node {node} was to be restarted on {date} and still was not, so what was patched does not run yet.',
        { node: node.name, date: began.slice(0, 10) },
      ),
      severity: 'warning',
      object: resourceIdentity(node),
    },
  ];
}
