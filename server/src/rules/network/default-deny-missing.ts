import type { NetworkPolicyFact } from '../../kubernetes/index.ts';
import { firstFiled, selectsEverything } from '../../kubernetes/index.ts';
import type { FixValue } from '../../manifest/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'network/default-deny-missing',
  summary: 'Namespace has no default-deny policy',
  severity: 'warning',
  profile: 'guide',
  guide: 3,
  why:
    'Until a NetworkPolicy selects a pod, everything in the cluster may talk to it and it may talk to everything. ' +
    'A policy that selects all pods of the namespace and allows nothing turns that round: every allowance is then written down.',
  whenNot: 'Where policies come from another repository or from the platform; suppress it with that reason.',
  references: {
    cis: ['5.3.2'],
    nsa: true,
    peers: [
      'C-0049',
      'C-0054',
      'C-0206',
      'KA:MissingDefaultDenyEgressNetworkPolicy',
      'KA:MissingDefaultDenyIngressAndEgressNetworkPolicy',
      'KA:MissingDefaultDenyIngressNetworkPolicy',
    ],
    urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],
  },
  fixClass: 'review',
  reveals: ['network/policy-one-sided', 'pod/default-namespace'],
  messages: {
    both: 'Namespace "{namespace}" has workloads but no default-deny NetworkPolicy, so every pod of the cluster can reach them and they can reach everything.',
    ingress:
      'Namespace "{namespace}" has no default-deny NetworkPolicy for ingress, so every pod of the cluster can reach its workloads.',
    egress:
      'Namespace "{namespace}" has no default-deny NetworkPolicy for egress, so its workloads can reach everything.',
  },
  subject: 'namespace',
  judge({ name, facts }, report) {
    const first = firstFiled(facts.read('workload', name));
    if (first === undefined) return;
    const policies = [...facts.read('networkPolicy', name), ...facts.read('networkPolicy', '')].map(({ fact }) => fact);
    const ingress = policies.some((policy) => isDefaultDeny(policy, 'ingress'));
    const egress = policies.some((policy) => isDefaultDeny(policy, 'egress'));
    if (ingress && egress) return;
    const declared = facts.read('namespace', name)[0];
    report({
      at: { filed: declared ?? first, path: ['metadata', 'name'] },
      message: ingress ? 'egress' : egress ? 'ingress' : 'both',
      args: { namespace: name },
      fixes: () => [denyAll(name)],
    });
  },
});

/** A cluster-wide policy of a CNI isolates whatever it selects, with or without rules of its own. */
function isDefaultDeny(policy: NetworkPolicyFact, direction: 'ingress' | 'egress'): boolean {
  if (!selectsEverything(policy.podSelector)) return false;
  return policy.clusterWide ? policy[direction] !== 'not-selected' : policy[direction] === 'deny-all';
}

function denyAll(namespace: string): Fix {
  return {
    fixClass: 'review',
    title: `Create a default-deny policy for namespace "${namespace}" that allows DNS (undeclared traffic stops: add the allowances your workloads need first)`,
    operations: [
      {
        op: 'createFile',
        path: `default-deny-${namespace}.yaml`,
        documents: [denyAllPolicy(namespace), allowDnsPolicy(namespace)],
      },
    ],
    isPreferred: true,
  };
}

function denyAllPolicy(namespace: string): FixValue {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny-all', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
}

function allowDnsPolicy(namespace: string): FixValue {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'allow-dns', namespace },
    spec: {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
      ],
    },
  };
}
