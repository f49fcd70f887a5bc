import type { ManifestNode } from '../../manifest/index.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { LabelSelectorValue, NetworkPolicyFact } from './facts.ts';
import type { PolicyEffect } from './networkPolicyFacts.ts';

const groups = ['projectcalico.org', 'crd.projectcalico.org'];

/** Calico's NetworkPolicy and GlobalNetworkPolicy (docs.tigera.io, "Global network policy"). */
export function calicoPolicyFacts(resource: Resource): readonly NetworkPolicyFact[] {
  const clusterWide = groups.some((group) => matchesGroupKind(resource, `GlobalNetworkPolicy.${group}`));
  if (!clusterWide && !groups.some((group) => matchesGroupKind(resource, `NetworkPolicy.${group}`))) return [];
  return [
    {
      ...factBase(resource),
      type: 'networkPolicy',
      podSelector: readSelector(resource.spec.get('selector')),
      ingress: effect(resource.spec, 'Ingress'),
      egress: effect(resource.spec, 'Egress'),
      clusterWide,
    },
  ];
}

/**
 * Calico's selectors are a language of their own. Equalities joined by `&&` become labels; whatever else is written is
 * taken to select everything.
 */
function readSelector(node: ManifestNode): LabelSelectorValue {
  const matchLabels: Record<string, string> = {};
  for (const term of (node.string ?? 'all()').split('&&')) {
    const [, key, value] = /^\s*([\w./-]+)\s*==\s*['"]([^'"]*)['"]\s*$/.exec(term) ?? [];
    if (key === undefined || value === undefined) return { matchLabels: {}, matchExpressions: [] };
    matchLabels[key] = value;
  }
  return { matchLabels, matchExpressions: [] };
}

/** Without `types`, the directions that have rules; Ingress if none has. */
function effect(spec: ManifestNode, type: 'Ingress' | 'Egress'): PolicyEffect {
  const types = spec.get('types');
  const ingress = spec.get('ingress');
  const egress = spec.get('egress');
  const rules = type === 'Ingress' ? ingress : egress;
  if (types.isUnknown || rules.isUnknown) return 'deny-all';
  const isSelected =
    types.items().length > 0
      ? types.items().some((item) => item.string === type)
      : rules.items().length > 0 || (type === 'Ingress' && egress.items().length === 0);
  if (!isSelected) return 'not-selected';
  return rules.items().every((rule) => rule.get('action').string === 'Deny') ? 'deny-all' : 'rules';
}
