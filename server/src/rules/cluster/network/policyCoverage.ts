import {
  type Direction,
  isSystemNamespace,
  type PodGroup,
  protectionOf,
  type ReadNetworkPolicy,
  readNetworkPolicy,
} from '../../../kubernetes/index.ts';
import { type Argument, phrase, type Sentence, sentence } from '../../../sentences/index.ts';
import type { CheckFailure, ClusterCheck } from '../clusterCheck.ts';
import { fail, fewOf, mayList, notVerifiable, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

/** Policies that plugins bring along. */
const vendorKinds = [
  { kind: 'CiliumNetworkPolicy', group: 'cilium.io', resource: 'ciliumnetworkpolicies', name: 'Cilium' },
  {
    kind: 'CiliumClusterwideNetworkPolicy',
    group: 'cilium.io',
    resource: 'ciliumclusterwidenetworkpolicies',
    name: 'Cilium',
  },
  { kind: 'NetworkPolicy', group: 'crd.projectcalico.org', resource: 'networkpolicies', name: 'Calico' },
  { kind: 'GlobalNetworkPolicy', group: 'crd.projectcalico.org', resource: 'globalnetworkpolicies', name: 'Calico' },
  { kind: 'NetworkPolicy', group: 'projectcalico.org', resource: 'networkpolicies', name: 'Calico' },
  { kind: 'GlobalNetworkPolicy', group: 'projectcalico.org', resource: 'globalnetworkpolicies', name: 'Calico' },
  { kind: 'NetworkPolicy', group: 'crd.antrea.io', resource: 'networkpolicies', name: 'Antrea' },
  { kind: 'ClusterNetworkPolicy', group: 'crd.antrea.io', resource: 'clusternetworkpolicies', name: 'Antrea' },
  {
    kind: 'ApplicationNetworkPolicy',
    group: 'networking.k8s.aws',
    resource: 'applicationnetworkpolicies',
    name: 'the Amazon VPC CNI',
  },
  {
    kind: 'ClusterNetworkPolicy',
    group: 'networking.k8s.aws',
    resource: 'clusternetworkpolicies',
    name: 'the Amazon VPC CNI',
  },
  {
    kind: 'AdminNetworkPolicy',
    group: 'policy.networking.k8s.io',
    resource: 'adminnetworkpolicies',
    name: phrase('the cluster'),
  },
  {
    kind: 'BaselineAdminNetworkPolicy',
    group: 'policy.networking.k8s.io',
    resource: 'baselineadminnetworkpolicies',
    name: phrase('the cluster'),
  },
  {
    kind: 'ClusterNetworkPolicy',
    group: 'policy.networking.k8s.io',
    resource: 'clusternetworkpolicies',
    name: phrase('the cluster'),
  },
] as const;

const needs = [mayList('', 'pods'), mayList('networking.k8s.io', 'networkpolicies')];

export const policyCoverage: ClusterCheck = {
  id: 'network/pod-coverage',
  guide: 3,
  summary: 'Every running pod is covered by network policies',
  evidence: 'running pods and network policies, those of plugins too',
  severity: 'warning',
  why: 'A pod that no policy selects talks to every other pod, and every other pod to it; one break-in then reaches the whole cluster.',
  references: ['CIS 5.3.2', 'C-0260', 'CKV2_K8S_6'],
  needs: [...needs, ...vendorKinds.map(({ group, resource }) => mayList(group, resource))],
  judge(evidence) {
    const { pods } = evidence;
    const policies = evidence.resources('NetworkPolicy.networking.k8s.io');
    if (pods.kind === 'unseen' || policies.kind === 'unseen') {
      return unseenOutcome(...unseenOf(pods, policies));
    }
    if (policies.incomplete !== undefined)
      return notVerifiable(policies.incomplete, [mayList('networking.k8s.io', 'networkpolicies')]);
    const vendor = vendorPolicies(evidence);
    const read = policies.value.map(readNetworkPolicy);
    // A pod on the node's network is out of reach of policies; its own rule speaks of that.
    const reachable = pods.value.filter(({ hostNetwork }) => !hostNetwork);
    const failures = [...byNamespace(reachable)].flatMap(([namespace, groups]) =>
      namespaceFailures(namespace, groups, read),
    );
    if (failures.length === 0) {
      const because = sentence('Policies restrict the traffic of every running pod that is not on the node’s network.');
      return passIfAllRead(because, needs, pods);
    }
    if (vendor !== undefined) {
      return notVerifiable(
        sentence('No NetworkPolicy covers some of the pods, but {vendor} has policies of its own, which may.', {
          vendor,
        }),
      );
    }
    return fail(...failures);
  },
};

function byNamespace(groups: readonly PodGroup[]): ReadonlyMap<string, readonly PodGroup[]> {
  const namespaces = new Map<string, PodGroup[]>();
  for (const group of groups) {
    const known = namespaces.get(group.namespace);
    if (known === undefined) namespaces.set(group.namespace, [group]);
    else known.push(group);
  }
  return namespaces;
}

function namespaceFailures(
  namespace: string,
  groups: readonly PodGroup[],
  policies: readonly ReadNetworkPolicy[],
): readonly CheckFailure[] {
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return (['ingress', 'egress'] as const).flatMap((direction): readonly CheckFailure[] => {
    const judged = groups.map((group) => ({ group, protection: protectionOf(group, policies, direction) }));
    const bare = judged.filter(({ protection }) => protection !== 'protected');
    if (bare.length === 0) return [];
    const covered = total - bare.reduce((sum, { group }) => sum + group.count, 0);
    const open = bare.filter(({ protection }) => protection === 'open');
    return [
      {
        message: messageOf(
          direction,
          { covered, total, namespace },
          open.map(({ group: { controller } }) => `${controller.kind} ${controller.name}`),
        ),
        // Many clusters leave the way out open on purpose, and few distributions bring policies for their own parts.
        severity: direction === 'egress' || isSystemNamespace(namespace) ? 'info' : 'warning',
        object: { group: '', version: 'v1', kind: 'Namespace', namespace: '', name: namespace },
        // Where no pod is protected, that the namespace denies nothing by default is the same, and can be mended.
        ...(covered === 0 && open.length === 0 ? { saidBy: 'network/default-deny-missing' } : {}),
      },
    ];
  });
}

/** @param open workloads that another policy opens again */
function messageOf(
  direction: Direction,
  counts: { readonly covered: number; readonly total: number; readonly namespace: string },
  open: readonly string[],
): Sentence {
  const workloads = fewOf(open);
  switch (direction) {
    case 'ingress':
      return open.length === 0
        ? sentence(
            '{covered} of {total} pods in namespace {namespace} are protected from whatever connects to them.',
            counts,
          )
        : sentence(
            '{covered} of {total} pods in namespace {namespace} are protected from whatever connects to them; a policy that allows everything undoes the others for {workloads}.',
            { ...counts, workloads },
          );
    case 'egress':
      return open.length === 0
        ? sentence(
            '{covered} of {total} pods in namespace {namespace} are protected from connecting to wherever they like.',
            counts,
          )
        : sentence(
            '{covered} of {total} pods in namespace {namespace} are protected from connecting to wherever they like; a policy that allows everything undoes the others for {workloads}.',
            { ...counts, workloads },
          );
  }
}

/** A plugin whose own policies exist in this cluster. */
function vendorPolicies(evidence: Parameters<ClusterCheck['judge']>[0]): Argument | undefined {
  return vendorKinds.find(({ kind, group }) => {
    const objects = evidence.resources(`${kind}.${group}`);
    return objects.kind === 'seen' ? objects.value.length > 0 : objects.cause !== 'absent';
  })?.name;
}
