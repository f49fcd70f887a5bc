import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

type PolicyType = 'Ingress' | 'Egress';

export const rule = defineRule({
  id: 'network/policy-egress-ignored',
  summary: 'Rules of a direction that policyTypes leaves out',
  severity: 'error',
  profile: 'guide',
  guide: 3,
  why:
    'A NetworkPolicy acts only on the directions in its policyTypes. Rules for the other direction are accepted and ignored, ' +
    'so the traffic they were meant to limit stays open. Without policyTypes an empty egress list does not isolate either.',
  whenNot: 'Never: rules that do nothing mislead whoever reads them. Delete them if the direction is meant to be open.',
  references: {
    urls: ['https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec'],
  },
  fixClass: 'review',
  overrides: ['network/policy-types-implicit'],
  reveals: ['network/policy-blocks-dns', 'network/policy-one-sided', 'network/policy-allow-all-egress'],
  messages: {
    notListed:
      'NetworkPolicy "{policy}" has {direction} rules, but its policyTypes lack {type}, so they are ignored and {direction} stays open.',
    emptyEgress:
      'NetworkPolicy "{policy}" has an empty egress list but no policyTypes, so egress stays open instead of being denied.',
  },
  subject: 'resource',
  kinds: ['NetworkPolicy.networking.k8s.io'],
  judge(policy, report) {
    const policyTypes = policy.spec.get('policyTypes');
    const listed = policyTypes.items();
    if (policyTypes.isUnknown || !policyTypes.isComplete || listed.some((item) => item.isUnknown)) return;
    for (const type of ['Ingress', 'Egress'] as const) {
      const direction = type.toLowerCase();
      const rules = policy.spec.get(direction);
      if (!rules.isKnown || isEffective(type, listed, rules)) continue;
      report({
        at: rules.keyPlace,
        message: listed.length === 0 ? 'emptyEgress' : 'notListed',
        args: { policy: policy.name, direction, type },
        fixes: () => [appendType(policyTypes, type)],
      });
    }
  },
});

/** As the API server defaults policyTypes (k8s.io/kubernetes pkg/apis/networking/v1/defaults.go). */
function isEffective(type: PolicyType, listed: readonly ManifestNode[], rules: ManifestNode): boolean {
  if (listed.length > 0) return listed.some((item) => item.string === type);
  return type === 'Ingress' || rules.items().length > 0 || !rules.isComplete;
}

function appendType(policyTypes: ManifestNode, type: PolicyType): Fix {
  const count = policyTypes.items().length;
  return {
    fixClass: 'review',
    title: `Add ${type} to policyTypes (the selected pods are isolated for ${type.toLowerCase()} at once: check what else they need)`,
    operations: [
      count === 0
        ? { op: 'set', node: policyTypes, value: ['Ingress', type] }
        : { op: 'insert', list: policyTypes, index: count, value: type },
    ],
    isPreferred: true,
  };
}
