import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkPolicyFact } from '../../../server/src/kubernetes/index.ts';
import { factKeyOf } from '../../../server/src/kubernetes/index.ts';
import { factsIn } from '../reading.ts';

function policyFacts(text: string): readonly NetworkPolicyFact[] {
  return factsIn(text).flatMap((fact) => (fact.type === 'networkPolicy' ? [fact] : []));
}

test('a workload: labels of the pod, service account, namespace', () => {
  const facts = factsIn(`apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: a, labels: {not: this}}
  spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}}
- apiVersion: v1
  kind: Pod
  metadata: {name: b, namespace: shop}
  spec: {serviceAccount: old, containers: [{name: c, image: i}]}
`);
  const [a, b] = facts.filter(({ type }) => type === 'workload');
  assert.ok(a?.type === 'workload' && b?.type === 'workload');
  assert.deepEqual(
    [a.podLabels, a.serviceAccountName, factKeyOf(a), a.path],
    [{ app: 'a' }, 'default', 'default', ['items', 0]],
  );
  assert.deepEqual([b.serviceAccountName, factKeyOf(b), b.identity.name], ['old', 'shop', 'b']);
});

test('what a workload scales to and which ports it declares', () => {
  const set = (spec: string) =>
    factsIn(`apiVersion: apps/v1
kind: StatefulSet
metadata: {name: a}
spec:
  serviceName: names
  ${spec}
  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}]}]}}
`);
  const replicasOf = (spec: string) => set(spec).flatMap((fact) => (fact.type === 'scalable' ? [fact.replicas] : []));
  assert.deepEqual(replicasOf('replicas: 2'), [2]);
  assert.deepEqual(replicasOf('replicas:'), [undefined]);
  assert.deepEqual(replicasOf('replicas: {{ .Values.replicas }}\n  # a chart'), []);
  const [ports] = set('replicas: 1').filter(({ type }) => type === 'podPorts');
  assert.ok(ports?.type === 'podPorts');
  assert.deepEqual([ports.names, ports.numbers, ports.isOpen, ports.podLabels], [['http'], [80], false, { app: 'a' }]);
});

test('what selects pods: Services and disruption budgets', () => {
  const facts = factsIn(`apiVersion: v1
kind: Service
metadata: {name: a}
spec: {clusterIP: None, selector: {app: a}, ports: [{port: 80}, {port: 81, targetPort: http}, {port: 82, targetPort: 8082}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: a, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}
`);
  const [service, budget] = facts;
  assert.ok(service?.type === 'service' && budget?.type === 'disruptionBudget');
  assert.deepEqual(
    [service.isHeadless, service.isOpen, service.selector, service.targetPorts],
    [true, false, { app: 'a' }, [80, 'http', 8082]],
  );
  assert.deepEqual([budget.selector.matchLabels, budget.isOpen, factKeyOf(budget)], [{ app: 'a' }, false, 'shop']);
});

test('quotas and autoscalers', () => {
  const facts = factsIn(`apiVersion: v1
kind: ResourceQuota
metadata: {name: a}
spec: {hard: {pods: 5, requests.cpu: 1}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: a}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: a}
spec: {scaleTargetRef: {name: web}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a}
spec: {scaleTargetRef: {kind: StatefulSet, name: db}}
`);
  const [quota, range, keda, autoscaler] = facts;
  assert.ok(quota?.type === 'resourceQuota' && range?.type === 'limitRange');
  assert.ok(keda?.type === 'autoscaler' && autoscaler?.type === 'autoscaler');
  assert.deepEqual([quota.hard, quota.isOpen], [['pods', 'requests.cpu'], false]);
  assert.deepEqual([keda.targetKind, keda.targetName], ['Deployment', 'web']);
  assert.deepEqual([autoscaler.targetKind, autoscaler.targetName], ['StatefulSet', 'db']);
});

test('a fragment, and an object whose namespace cannot be told, contribute nothing', () => {
  const pods = [
    'metadata: {name: a}\nspec: {containers: [{name: a}]}',
    'metadata:\n  name: a\n  namespace: {{ .Release.Namespace }}\nspec: {containers: [{name: a, image: i}]}',
    'metadata:\n  name: {{ .Release.Name }}\nspec: {containers: [{name: a, image: i}]}',
  ];
  for (const pod of pods) assert.deepEqual(factsIn(`apiVersion: v1\nkind: Pod\n${pod}\n`), [], pod);
});

const policies: readonly (readonly [string, NetworkPolicyFact['ingress'], NetworkPolicyFact['egress']])[] = [
  ['', 'deny-all', 'not-selected'],
  ['spec: {}', 'deny-all', 'not-selected'],
  ['spec: {podSelector: {}}', 'deny-all', 'not-selected'],
  ['spec: {policyTypes: []}', 'deny-all', 'not-selected'],
  ['spec: {policyTypes: ~, egress: [{}]}', 'deny-all', 'rules'],
  ['spec: {egress: []}', 'deny-all', 'not-selected'],
  ['spec: {policyTypes: [Egress]}', 'not-selected', 'deny-all'],
  ['spec: {policyTypes: [Ingress, Egress], ingress: [{}], egress: ~}', 'rules', 'deny-all'],
  ['spec: {policyTypes: [ingress]}', 'not-selected', 'not-selected'],
];

for (const [spec, ingress, egress] of policies) {
  test(`effective types of a NetworkPolicy with ${spec || 'no spec'}`, () => {
    const [fact] = policyFacts(
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\n${spec}\n`,
    );
    assert.ok(fact);
    assert.deepEqual([fact.ingress, fact.egress, fact.clusterWide, factKeyOf(fact)], [ingress, egress, false, 'shop']);
    assert.deepEqual(fact.podSelector, { matchLabels: {}, matchExpressions: [] });
  });
}

test('unreadable policy types are taken to isolate', () => {
  const [fact] = policyFacts(
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec:\n  policyTypes: {{ .Values.types }}\n',
  );
  assert.deepEqual([fact?.ingress, fact?.egress], ['deny-all', 'deny-all']);
});

interface PolicyCase {
  readonly apiVersion: string;
  readonly kind: string;
  readonly body: string;
  readonly ingress: NetworkPolicyFact['ingress'];
  readonly egress: NetworkPolicyFact['egress'];
  readonly key: string;
}

const others: readonly PolicyCase[] = [
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    body: 'spec: {endpointSelector: {}, ingress: [{}]}',
    ingress: 'deny-all',
    egress: 'not-selected',
    key: 'shop',
  },
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    body: 'spec: {endpointSelector: {}, egress: [{toEntities: [all]}], ingress: [{}]}',
    ingress: 'deny-all',
    egress: 'rules',
    key: '',
  },
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    body: 'specs: [{endpointSelector: {}, ingressDeny: [{}], enableDefaultDeny: {ingress: false}}]',
    ingress: 'not-selected',
    egress: 'not-selected',
    key: 'shop',
  },
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    body: 'spec: {selector: all(), types: [Ingress, Egress]}',
    ingress: 'deny-all',
    egress: 'deny-all',
    key: '',
  },
  {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'GlobalNetworkPolicy',
    body: 'spec: {egress: [{action: Allow}]}',
    ingress: 'not-selected',
    egress: 'rules',
    key: '',
  },
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    body: 'spec: {selector: all(), ingress: [{action: Deny}]}',
    ingress: 'deny-all',
    egress: 'not-selected',
    key: 'shop',
  },
  {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    body: 'spec: {ingress: [{action: Deny}]}',
    ingress: 'deny-all',
    egress: 'not-selected',
    key: '',
  },
  {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    body: 'spec: {egress: [{action: Accept}]}',
    ingress: 'not-selected',
    egress: 'rules',
    key: '',
  },
];

for (const { apiVersion, kind, body, ingress, egress, key } of others) {
  test(`${kind} with ${body}`, () => {
    const [fact] = policyFacts(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\n${body}\n`,
    );
    assert.ok(fact);
    assert.deepEqual([fact.ingress, fact.egress, factKeyOf(fact)], [ingress, egress, key]);
  });
}

test("Calico's simple selectors become labels", () => {
  const [fact] = policyFacts(
    `apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {selector: "app == 'a' && tier == 'b'"}\n`,
  );
  assert.deepEqual(fact?.podSelector.matchLabels, { app: 'a', tier: 'b' });
});

test('namespaces, service accounts and bindings', () => {
  const [namespace, account, binding, clusterBinding] = factsIn(`apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b, namespace: shop}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}, {kind: Group, name: dev}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: c}
roleRef: {kind: ClusterRole, name: admin}
`);
  assert.ok(namespace?.type === 'namespace' && account?.type === 'serviceAccount');
  assert.ok(binding?.type === 'roleBinding' && clusterBinding?.type === 'roleBinding');
  assert.deepEqual([factKeyOf(namespace), namespace.labels], ['shop', { team: 'a' }]);
  assert.equal(factKeyOf(account), 'shop');
  assert.deepEqual(binding.subjects, [
    { kind: 'ServiceAccount', name: 'web', namespace: 'shop' },
    { kind: 'Group', name: 'dev', namespace: '' },
  ]);
  assert.deepEqual([binding.roleKind, binding.roleName, factKeyOf(binding)], ['ClusterRole', 'view', 'shop']);
  assert.deepEqual([clusterBinding.clusterWide, factKeyOf(clusterBinding), clusterBinding.subjects], [true, '', []]);
});
