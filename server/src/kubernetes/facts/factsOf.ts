import type { PodSpec } from '../pods/podSpec.ts';
import { serviceAccountNameOf } from '../pods/serviceAccountName.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import { namespaceOf } from '../resources/namespaceOf.ts';
import { stringMap } from '../resources/readResources.ts';
import type { Resource } from '../resources/resource.ts';
import { admissionPolicyFacts } from './admissionPolicyFacts.ts';
import { autoscalerFacts, disruptionBudgetFacts, scalableFacts } from './availabilityFacts.ts';
import { configReferenceFacts } from './configReferenceFacts.ts';
import { configSourceFacts } from './configSourceFacts.ts';
import { factBase } from './factBase.ts';
import type { Fact, FactKey, NamespaceFact, RoleBindingFact, ServiceAccountFact, WorkloadFact } from './facts.ts';
import { imagePullFact, pullSecretFacts, pullSecretsIn } from './imagePullFacts.ts';
import { networkPolicyFacts } from './networkPolicyFacts.ts';
import { limitRangeFacts, resourceQuotaFacts } from './resourcePolicyFacts.ts';
import { podPortsFact, serviceFacts } from './serviceFacts.ts';

/**
 * What a resource contributes to judgements across files. A fragment contributes nothing (the object it is laid over
 * does) but that a ConfigMap or Secret may have more keys, nor does an object whose namespace cannot be told: one with a
 * Helm action for it, or without any in a chart, which is installed into whatever namespace the release names.
 */
export function factsOf(resource: Resource, podSpecs: readonly PodSpec[]): readonly Fact[] {
  if (namespaceOf(resource) === undefined) return [];
  if (resource.isPartial) return configSourceFacts(resource);
  return [
    ...podSpecs.map(workloadFact),
    ...networkPolicyFacts(resource),
    ...namespaceFacts(resource),
    ...roleBindingFacts(resource),
    ...serviceAccountFacts(resource),
    ...configSourceFacts(resource),
    ...configReferenceFacts(resource, podSpecs),
    ...resourceQuotaFacts(resource),
    ...limitRangeFacts(resource),
    ...scalableFacts(resource, podSpecs),
    ...disruptionBudgetFacts(resource),
    ...autoscalerFacts(resource),
    ...podSpecs.map(podPortsFact),
    ...serviceFacts(resource),
    ...podSpecs.map(imagePullFact),
    ...pullSecretFacts(resource),
    ...admissionPolicyFacts(resource),
  ];
}

/** The key that a fact is filed under, see {@link FactKey}. */
export function factKeyOf(fact: Fact): FactKey {
  if (fact.type === 'namespace') return fact.identity.name;
  if (fact.type === 'configSource' || fact.type === 'admissionPolicy') return '';
  const isClusterWide = (fact.type === 'networkPolicy' || fact.type === 'roleBinding') && fact.clusterWide;
  if (isClusterWide) return '';
  return fact.identity.namespace === '' ? 'default' : fact.identity.namespace;
}

function workloadFact(podSpec: PodSpec): WorkloadFact {
  const { metadata, resource } = podSpec;
  return {
    ...factBase(resource),
    type: 'workload',
    podLabels: Object.fromEntries(stringMap(metadata.get('labels'))),
    serviceAccountName: serviceAccountNameOf(podSpec),
  };
}

function namespaceFacts(resource: Resource): readonly NamespaceFact[] {
  if (!matchesGroupKind(resource, 'Namespace')) return [];
  return [{ ...factBase(resource), type: 'namespace', labels: Object.fromEntries(resource.labels) }];
}

function serviceAccountFacts(resource: Resource): readonly ServiceAccountFact[] {
  if (!matchesGroupKind(resource, 'ServiceAccount')) return [];
  const pullSecrets = pullSecretsIn(resource, resource.node.get('imagePullSecrets'));
  return [{ ...factBase(resource), type: 'serviceAccount', pullSecrets }];
}

function roleBindingFacts(resource: Resource): readonly RoleBindingFact[] {
  const clusterWide = matchesGroupKind(resource, 'ClusterRoleBinding.rbac.authorization.k8s.io');
  if (!clusterWide && !matchesGroupKind(resource, 'RoleBinding.rbac.authorization.k8s.io')) return [];
  const subjects = resource.node
    .get('subjects')
    .items()
    .map((subject) => ({
      kind: subject.get('kind').string ?? '',
      name: subject.get('name').string ?? '',
      namespace: subject.get('namespace').string ?? '',
    }));
  const role = resource.node.get('roleRef');
  return [
    {
      ...factBase(resource),
      type: 'roleBinding',
      clusterWide,
      roleKind: role.get('kind').string ?? '',
      roleName: role.get('name').string ?? '',
      subjects,
    },
  ];
}
