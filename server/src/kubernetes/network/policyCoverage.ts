import type { ManifestNode } from '../../manifest/index.ts';
import type { LabelSelectorValue } from '../facts/facts.ts';
import { isPolicyType } from '../facts/networkPolicyFacts.ts';
import { readLabelSelector, selectorMatches } from '../resources/labelSelector.ts';
import type { Resource } from '../resources/resource.ts';

export type Direction = 'ingress' | 'egress';

/**
 * What the NetworkPolicies of a namespace leave of a pod's traffic in one direction.
 * - `unprotected`: no policy selects it, so everything is allowed
 * - `open`: a policy selects it and allows everybody on every port, so the others do not matter
 * - `protected`: only what the policies name is allowed
 */
export type Protection = 'unprotected' | 'open' | 'protected';

/** A NetworkPolicy, read once for any number of pods. */
export interface ReadNetworkPolicy {
  readonly resource: Resource;
  readonly namespace: string;
  readonly podSelector: LabelSelectorValue;
  /** Undefined for a direction that the policy says nothing about. */
  readonly ingress: 'open' | 'rules' | undefined;
  readonly egress: 'open' | 'rules' | undefined;
}

export function readNetworkPolicy(resource: Resource): ReadNetworkPolicy {
  const { spec } = resource;
  const direction = (type: 'Ingress' | 'Egress', rules: ManifestNode, peers: 'from' | 'to') => {
    if (!isPolicyType(spec, type)) return undefined;
    return rules.items().some((rule) => allowsEverybody(rule, peers)) ? 'open' : 'rules';
  };
  return {
    resource,
    namespace: resource.namespace === '' ? 'default' : resource.namespace,
    podSelector: readLabelSelector(spec.get('podSelector')),
    ingress: direction('Ingress', spec.get('ingress'), 'from'),
    egress: direction('Egress', spec.get('egress'), 'to'),
  };
}

/** A rule without peers and without ports matches all traffic (k8s.io/api/networking/v1, NetworkPolicyIngressRule). */
function allowsEverybody(rule: ManifestNode, peers: 'from' | 'to'): boolean {
  return rule.get(peers).items().length === 0 && rule.get('ports').items().length === 0;
}

/** Policies add up: what one allows, no other takes away. */
export function protectionOf(
  pod: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  policies: readonly ReadNetworkPolicy[],
  direction: Direction,
): Protection {
  let protection: Protection = 'unprotected';
  for (const policy of policies) {
    const effect = policy[direction];
    if (effect === undefined || policy.namespace !== pod.namespace) continue;
    if (!selectorMatches(policy.podSelector, pod.labels)) continue;
    if (effect === 'open') return 'open';
    protection = 'protected';
  }
  return protection;
}
