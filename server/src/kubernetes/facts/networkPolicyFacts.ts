import type { ManifestNode } from '../../manifest/index.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import { readLabelSelector } from '../resources/labelSelector.ts';
import type { Resource } from '../resources/resource.ts';
import { adminNetworkPolicyFacts } from './adminNetworkPolicyFacts.ts';
import { calicoPolicyFacts } from './calicoPolicyFacts.ts';
import { ciliumPolicyFacts } from './ciliumPolicyFacts.ts';
import { factBase } from './factBase.ts';
import type { NetworkPolicyFact } from './facts.ts';

/** What a policy does to one direction of traffic. */
export type PolicyEffect = NetworkPolicyFact['ingress'];

/**
 * The policies that isolate pods: NetworkPolicy, and the like of Cilium, Calico and the network policy working group.
 * What cannot be told from the text (a Helm action) is taken to isolate: absence must not be claimed of it.
 */
export function networkPolicyFacts(resource: Resource): readonly NetworkPolicyFact[] {
  if (isNetworkPolicy(resource)) return [networkPolicyFact(resource)];
  return [...ciliumPolicyFacts(resource), ...calicoPolicyFacts(resource), ...adminNetworkPolicyFacts(resource)];
}

function isNetworkPolicy(resource: Resource): boolean {
  return (
    matchesGroupKind(resource, 'NetworkPolicy.networking.k8s.io') ||
    matchesGroupKind(resource, 'NetworkPolicy.extensions')
  );
}

function networkPolicyFact(resource: Resource): NetworkPolicyFact {
  const { spec } = resource;
  return {
    ...factBase(resource),
    type: 'networkPolicy',
    podSelector: readLabelSelector(spec.get('podSelector')),
    ingress: effect(spec, 'Ingress', spec.get('ingress')),
    egress: effect(spec, 'Egress', spec.get('egress')),
    clusterWide: false,
  };
}

function effect(spec: ManifestNode, type: 'Ingress' | 'Egress', rules: ManifestNode): PolicyEffect {
  if (!isPolicyType(spec, type)) return 'not-selected';
  return rules.items().length > 0 ? 'rules' : 'deny-all';
}

/**
 * Effective policy types, as pkg/apis/networking/v1/defaults.go sets them: those written, else Ingress, and Egress if
 * there are egress rules.
 */
export function isPolicyType(spec: ManifestNode, type: 'Ingress' | 'Egress'): boolean {
  const types = spec.get('policyTypes');
  if (types.isUnknown || !types.isComplete) return true;
  if (types.items().length > 0) return types.items().some((item) => item.isUnknown || item.string === type);
  const egress = spec.get('egress');
  return type === 'Ingress' || egress.isUnknown || egress.items().length > 0;
}
