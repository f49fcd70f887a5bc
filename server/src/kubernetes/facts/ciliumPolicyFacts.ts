import type { ManifestNode } from '../../manifest/index.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import { readLabelSelector } from '../resources/labelSelector.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { NetworkPolicyFact } from './facts.ts';
import type { PolicyEffect } from './networkPolicyFacts.ts';

/**
 * CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy: `spec`, and each of `specs`. A rule section for a direction
 * puts the selected endpoints into default deny for it, unless `enableDefaultDeny` says otherwise
 * (docs.cilium.io, "Policy Enforcement Modes").
 */
export function ciliumPolicyFacts(resource: Resource): readonly NetworkPolicyFact[] {
  const clusterWide = matchesGroupKind(resource, 'CiliumClusterwideNetworkPolicy.cilium.io');
  if (!clusterWide && !matchesGroupKind(resource, 'CiliumNetworkPolicy.cilium.io')) return [];
  const specs = [resource.spec, ...resource.node.get('specs').items()];
  // A policy with a nodeSelector is about hosts.
  return specs
    .filter((spec) => !spec.get('endpointSelector').isMissing)
    .map((spec) => ({
      ...factBase(resource),
      type: 'networkPolicy',
      podSelector: readLabelSelector(spec.get('endpointSelector')),
      ingress: effect(spec, 'ingress'),
      egress: effect(spec, 'egress'),
      clusterWide,
    }));
}

function effect(spec: ManifestNode, direction: 'ingress' | 'egress'): PolicyEffect {
  if (spec.get('enableDefaultDeny', direction).boolean === false) return 'not-selected';
  const allowed = spec.get(direction);
  const denied = spec.get(`${direction}Deny`);
  if (allowed.isUnknown || denied.isUnknown) return 'deny-all';
  const rules = [...allowed.items(), ...denied.items()];
  if (rules.length === 0) return 'not-selected';
  return allowed.items().some((rule) => rule.entries().length > 0) ? 'rules' : 'deny-all';
}
