import {
  perPodLabels,
  type ReadNetworkPolicy,
  readNetworkPolicy,
  resourceIdentity,
  selectorMatches,
} from '../../../kubernetes/index.ts';
import { sentence } from '../../../sentences/index.ts';
import type { ClusterCheck } from '../clusterCheck.ts';
import { fail, mayList, passIfAllRead, unseenOf, unseenOutcome } from '../outcomes.ts';

const needs = [mayList('', 'pods'), mayList('networking.k8s.io', 'networkpolicies')];

export const deadPolicies: ClusterCheck = {
  id: 'network/policy-dangling',
  guide: 3,
  summary: 'Every network policy selects a pod that runs',
  evidence: 'network policies and running pods',
  severity: 'info',
  why: 'A policy whose selector matches no pod protects nothing; often a label was renamed and the pods have been open since.',
  references: ['POP-1200'],
  needs,
  judge(evidence) {
    const { pods } = evidence;
    const policies = evidence.resources('NetworkPolicy.networking.k8s.io');
    if (pods.kind === 'unseen' || policies.kind === 'unseen') return unseenOutcome(...unseenOf(pods, policies));
    const idle = policies.value.map(readNetworkPolicy).filter((policy) => {
      const inNamespace = pods.value.filter(({ namespace }) => namespace === policy.namespace);
      // An empty namespace waits for its pods.
      return (
        inNamespace.length > 0 &&
        !namesOnePod(policy) &&
        !inNamespace.some(({ labels }) => selectorMatches(policy.podSelector, labels))
      );
    });
    if (idle.length === 0) {
      const because = sentence('Every network policy in a namespace with pods selects some of them.');
      return passIfAllRead(because, needs, pods, policies);
    }
    return fail(
      ...idle.map(({ resource, namespace }) => ({
        message: sentence(
          'NetworkPolicy {namespace}/{name} selects none of the pods that run there, so it protects nothing.',
          { namespace, name: resource.name },
        ),
        object: resourceIdentity(resource),
      })),
    );
  },
};

/** Pods are known by their template, so that a selector of single pods cannot be looked up. */
function namesOnePod({ podSelector }: ReadNetworkPolicy): boolean {
  const keys = [...Object.keys(podSelector.matchLabels), ...podSelector.matchExpressions.map(({ key }) => key)];
  return keys.some((key) => perPodLabels.has(key));
}
