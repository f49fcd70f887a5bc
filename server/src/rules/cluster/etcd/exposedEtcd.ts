import { type PodGroup, type Resource, resourceIdentity } from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'services'), mayList('', 'pods')];

/** 2379 is for clients, 2380 for peers (etcd.io, IANA). */
const ports: ReadonlySet<number> = new Set([2379, 2380]);

export const exposedEtcd: ClusterCheck = {
  id: 'etcd/exposed-service',
  guide: 4,
  summary: 'The ports of etcd are not published',
  evidence: 'Services, host ports of running pods',
  severity: 'error',
  why: 'Whoever may write to etcd writes past every role and every admission policy, and whoever may read it reads every Secret.',
  references: ['NSA'],
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const services = evidence.resources('Service');
    if (services.kind === 'unseen' || pods.kind === 'unseen') return unseenOutcome(...unseenOf(services, pods));
    const failures = [...services.value.flatMap(ofService), ...pods.value.flatMap(ofPods)];
    if (failures.length > 0) return fail(...failures);
    return passIfAllRead(sentence('No Service and no host port publishes 2379 or 2380.'), needs, services, pods);
  },
};

function ofService(service: Resource): readonly CheckFailure[] {
  const { spec, namespace, name } = service;
  const type = spec.get('type').string ?? 'ClusterIP';
  const isPublic = type === 'NodePort' || type === 'LoadBalancer' || spec.get('externalIPs').items().length > 0;
  const port = spec
    .get('ports')
    .items()
    .flatMap((item) => [item.get('port').number, item.get('targetPort').number])
    .find((number) => number !== undefined && ports.has(number));
  if (!isPublic || port === undefined) return [];
  return [
    {
      message: sentence(
        'Service {namespace}/{name} publishes port {port}, on which etcd listens, outside of the cluster.',
        { namespace, name, port },
      ),
      object: resourceIdentity(service),
    },
  ];
}

/** A pod on the node's network, as kubeadm runs etcd, listens there in any case. */
function ofPods({ controller, pod, hostNetwork }: PodGroup): readonly CheckFailure[] {
  if (hostNetwork) return [];
  const port = pod.spec
    .get('containers')
    .items()
    .flatMap((container) => container.get('ports').items())
    .map((item) => item.get('hostPort').number)
    .find((number) => number !== undefined && ports.has(number));
  if (port === undefined) return [];
  const { kind, namespace, name } = controller;
  return [
    {
      message: sentence('{kind} {namespace}/{name} opens port {port}, on which etcd listens, on its nodes.', {
        kind,
        namespace,
        name,
        port,
      }),
      object: controller,
    },
  ];
}
