import type { ManifestNode } from '../../manifest/index.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import { readLabelSelector } from '../resources/labelSelector.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { NetworkPolicyFact } from './facts.ts';
import type { PolicyEffect } from './networkPolicyFacts.ts';

const kinds = ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'];

/**
 * The cluster-wide policies of the network policy working group (network-policy-api.sigs.k8s.io). Their rules say Allow,
 * Deny or Pass one by one; a Deny is taken for the deny-all it usually is.
 */
export function adminNetworkPolicyFacts(resource: Resource): readonly NetworkPolicyFact[] {
  if (!kinds.some((kind) => matchesGroupKind(resource, `${kind}.policy.networking.k8s.io`))) return [];
  return [
    {
      ...factBase(resource),
      type: 'networkPolicy',
      podSelector: readLabelSelector(resource.spec.get('subject', 'pods', 'podSelector')),
      ingress: effect(resource.spec.get('ingress')),
      egress: effect(resource.spec.get('egress')),
      clusterWide: true,
    },
  ];
}

function effect(rules: ManifestNode): PolicyEffect {
  if (rules.isUnknown) return 'deny-all';
  if (rules.items().length === 0) return 'not-selected';
  return rules.items().some((rule) => rule.get('action').string === 'Deny') ? 'deny-all' : 'rules';
}
