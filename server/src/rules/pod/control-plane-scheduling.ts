import { namespaceOf, type PodSpec } from '../../kubernetes/index.ts';
import type { ManifestNode, Place } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

/** The label and taint of control-plane nodes; `master` was its name until 1.24. */
const controlPlaneKeys: ReadonlySet<string> = new Set([
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/master',
]);

export const rule = defineRule({
  id: 'pod/control-plane-scheduling',
  summary: 'Workload may run on control-plane nodes',
  severity: 'info',
  profile: 'all',
  why:
    'Control-plane nodes hold etcd, the keys of the cluster and the API server. Whoever breaks out of a container there has the whole ' +
    'cluster, which is why these nodes carry a taint that keeps ordinary pods away.',
  whenNot: 'Agents that have to run on every node; suppress it with that reason.',
  references: {
    urls: ['https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/'],
  },
  fixClass: 'none',
  messages: {
    tolerated: 'The pod tolerates the taint {key}, so it may run beside etcd and the keys of the cluster.',
    all: 'The pod tolerates every taint, that of control-plane nodes too, so it may run beside etcd and the keys of the cluster.',
    selected: 'The pod asks for nodes labelled {key}, so it runs beside etcd and the keys of the cluster.',
    named:
      'The pod names its node, so neither the scheduler nor a taint keeps it from one that runs etcd and holds the keys of the cluster.',
  },
  subject: 'podSpec',
  judge(podSpec, report) {
    const namespace = namespaceOf(podSpec.resource);
    if (namespace === undefined || namespace === 'kube-system') return;
    // Who asks for these nodes tolerates their taint too; one finding says it.
    const way = selectedWay(podSpec) ?? toleratedWay(podSpec) ?? namedWay(podSpec);
    if (way !== undefined) report(way);
  },
});

interface Way {
  readonly at: ManifestNode | Place;
  readonly message: 'tolerated' | 'all' | 'selected' | 'named';
  readonly args: { readonly key: string };
}

function selectedWay({ node }: PodSpec): Way | undefined {
  const simple = node
    .get('nodeSelector')
    .entries()
    .map(({ key, value }) => ({ key, at: value.keyPlace }));
  const terms = node
    .get('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms')
    .items()
    .flatMap((term) => term.get('matchExpressions').items())
    .filter((expression) => ['In', 'Exists'].includes(expression.get('operator').string ?? ''))
    .map((expression) => ({ key: expression.get('key').string ?? '', at: expression.get('key') }));
  const found = [...simple, ...terms].find(({ key }) => controlPlaneKeys.has(key));
  return found && { at: found.at, message: 'selected', args: { key: found.key } };
}

function toleratedWay({ node }: PodSpec): Way | undefined {
  for (const toleration of node.get('tolerations').items()) {
    if (!concernsScheduling(toleration)) continue;
    const key = toleration.get('key');
    if (controlPlaneKeys.has(key.string ?? ''))
      return { at: key, message: 'tolerated', args: { key: key.string ?? '' } };
    if (isEverything(toleration)) return { at: toleration.get('operator'), message: 'all', args: { key: '' } };
  }
  return undefined;
}

function namedWay({ node }: PodSpec): Way | undefined {
  const nodeName = node.get('nodeName');
  return (nodeName.string ?? '') === '' ? undefined : { at: nodeName, message: 'named', args: { key: '' } };
}

/** The taint has the effect NoSchedule; a toleration without an effect is for all of them. */
function concernsScheduling(toleration: ManifestNode): boolean {
  const effect = toleration.get('effect');
  return effect.isMissing || effect.string === '' || effect.string === 'NoSchedule';
}

/** Without a key, Exists matches all taints (k8s.io/api/core/v1, Toleration). */
function isEverything(toleration: ManifestNode): boolean {
  const key = toleration.get('key');
  return toleration.get('operator').string === 'Exists' && (key.isMissing || key.string === '');
}
