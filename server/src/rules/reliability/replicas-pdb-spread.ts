import {
  type AutoscalerFact,
  type DisruptionBudgetFact,
  namespaceOf,
  podSpecsOf,
  type Resource,
  type ScalableFact,
  selectorMatches,
} from '../../kubernetes/index.ts';
import type { ManifestNode } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

interface Options {
  /** The least number of replicas that is accepted. */
  readonly minimumReplicas?: number;
  /** What most do without, and so is asked for only by name. */
  readonly also?: readonly ('nodeAffinity' | 'priorityClass')[];
}

type Message =
  | 'fewReplicas'
  | 'noSpread'
  | 'elsewhere'
  | 'noNodeAffinity'
  | 'noPriority'
  | 'noBudget'
  | 'fixedReplicas'
  | 'noTarget'
  | 'fewMinimum'
  | 'fixedRange'
  | 'noPolicy'
  | 'unhealthy';

export const rule = defineRule<'resource', Message, Options>({
  id: 'reliability/replicas-pdb-spread',
  summary: 'Workload that one failure or one drained node stops',
  severity: 'info',
  profile: 'off',
  why:
    'A workload stays up through failures and upgrades if it has several replicas, on several nodes, and a PodDisruptionBudget that ' +
    'keeps some of them while nodes are drained. An autoscaler needs a target and room to scale.',
  whenNot: 'Workloads that may stand still for a while, and such as cannot run twice.',
  references: {
    peers: [
      'C-0300',
      'KICS:Deployment Has No PodAntiAffinity',
      'KICS:Deployment Without PodDisruptionBudget',
      'KICS:HPA Targeted Deployments With Configured Replica Count',
      'KICS:HPA Targets Invalid Object',
      'KICS:StatefulSet Has No PodAntiAffinity',
      'KICS:StatefulSet Without PodDisruptionBudget',
      'KL:dangling-horizontalpodautoscaler',
      'KL:hpa-minimum-three-replicas',
      'KL:minimum-three-replicas',
      'KL:no-anti-affinity',
      'KL:no-node-affinity',
      'KL:pdb-unhealthy-pod-eviction-policy',
      'KS:deployment-has-host-podantiaffinity',
      'KS:deployment-has-poddisruptionbudget',
      'KS:deployment-replicas',
      'KS:deployment-targeted-by-hpa-does-not-have-replicas-configured',
      'KS:horizontalpodautoscaler-has-target',
      'KS:horizontalpodautoscaler-replicas',
      'KS:pod-topology-spread-constraints',
      'KS:poddisruptionbudget-has-policy',
      'KS:statefulset-has-host-podantiaffinity',
      'KS:statefulset-has-poddisruptionbudget',
      'PO:deploymentMissingReplicas',
      'PO:hpaMaxAvailability',
      'PO:hpaMinAvailability',
      'PO:missingPodDisruptionBudget',
      'PO:priorityClassNotSet',
      'PO:topologySpreadConstraint',
    ],
    urls: [
      'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/',
      'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
    ],
  },
  fixClass: 'none',
  messages: {
    fewReplicas: '{kind} "{name}" has fewer than {minimum} replicas, so little is left when a node fails.',
    noSpread:
      '{kind} "{name}" has neither anti-affinity nor topology spread constraints, so all its pods may be on one node.',
    elsewhere:
      'The anti-affinity of {kind} "{name}" looks at pods of other namespaces only, so its own may all be on one node.',
    noNodeAffinity: '{kind} "{name}" has no node affinity, so its pods may run on any node.',
    noPriority: '{kind} "{name}" has no priority class, so any workload with one may throw out its pods.',
    noBudget: '{kind} "{name}" has no PodDisruptionBudget, so draining nodes may stop all its pods at once.',
    fixedReplicas:
      '{kind} "{name}" sets its replicas although an autoscaler does, so each apply undoes what the autoscaler has set.',
    noTarget: 'Autoscaler "{name}" scales {kind} "{target}", which is not in the workspace.',
    fewMinimum: 'Autoscaler "{name}" may go below {minimum} replicas, so little is left when a node fails.',
    fixedRange: 'Autoscaler "{name}" has the same minimum and maximum, so it never scales.',
    noPolicy: 'PodDisruptionBudget "{name}" has neither minAvailable nor maxUnavailable, so it protects nothing.',
    unhealthy:
      'PodDisruptionBudget "{name}" has no unhealthyPodEvictionPolicy, so pods that never become ready keep a node from being drained.',
  },
  subject: 'resource',
  kinds: [
    'Deployment.apps',
    'Deployment.extensions',
    'StatefulSet.apps',
    'DeploymentConfig',
    'DeploymentConfig.apps.openshift.io',
    'HorizontalPodAutoscaler.autoscaling',
    'PodDisruptionBudget.policy',
  ],
  options: {
    schema: {
      type: 'object',
      properties: {
        minimumReplicas: { type: 'integer', minimum: 1, description: 'The least number of replicas that is accepted.' },
        also: {
          type: 'array',
          items: { enum: ['nodeAffinity', 'priorityClass'] },
          description: 'What else a workload has to have.',
        },
      },
      additionalProperties: false,
    },
    default: { minimumReplicas: 3, also: [] },
  },
  judge(resource, report, { version, options }) {
    const { kind, name, spec } = resource;
    const { minimumReplicas: minimum = 3, also = [] } = options;
    const at = (node: ManifestNode, message: Message) => report({ at: node, message, args: { kind, name, minimum } });
    if (kind === 'HorizontalPodAutoscaler') {
      const least = spec.get('minReplicas');
      // pkg/apis/autoscaling/v2/defaults.go: one, where none is written.
      if (least.isMissing || (least.number ?? minimum) < minimum) at(least, 'fewMinimum');
      const most = spec.get('maxReplicas');
      if (most.number !== undefined && most.number === (least.isMissing ? 1 : least.number)) at(most, 'fixedRange');
    } else if (kind === 'PodDisruptionBudget') {
      const policies = [spec.get('minAvailable'), spec.get('maxUnavailable')];
      if (spec.isKnown && policies.every((policy) => policy.isMissing)) at(resource.metadata.get('name'), 'noPolicy');
      const eviction = spec.get('unhealthyPodEvictionPolicy');
      if (version.minor >= unhealthyPolicyFrom && eviction.isMissing && spec.isKnown) at(eviction, 'unhealthy');
    } else {
      judgeTemplate(resource, also, at);
    }
  },
  judgeNamespace({ name: namespace, facts }, report, { options }) {
    const { minimumReplicas: minimum = 3 } = options;
    const autoscalers = facts.read('autoscaler', namespace);
    const budgets = facts.read('disruptionBudget', namespace).map(({ fact }) => fact);
    for (const filed of facts.read('scalable', namespace)) {
      const { identity, replicas } = filed.fact;
      const isScaled = autoscalers.some(({ fact }) => scales(fact, filed.fact));
      const args = { kind: identity.kind, name: identity.name, minimum };
      const count = replicas ?? 1;
      const at = { filed, path: ['spec', 'replicas'] };
      if (isScaled && replicas !== undefined) report({ at, message: 'fixedReplicas', args });
      if (!isScaled && count !== 'unknown' && count > 0 && count < minimum)
        report({ at, message: 'fewReplicas', args });
      // Of a single pod no budget can keep one.
      const isSeveral = isScaled || count === 'unknown' || count > 1;
      if (isSeveral && !budgets.some((budget) => protects(budget, filed.fact)))
        report({ at: { filed, path: ['metadata', 'name'] }, message: 'noBudget', args });
    }
    const workloads = facts.read('workload', namespace).map(({ fact }) => fact.identity);
    for (const filed of autoscalers) {
      const { targetKind: kind, targetName: target, identity } = filed.fact;
      if (target === '' || !scalableKinds.has(kind)) continue;
      if (workloads.some((workload) => workload.kind === kind && workload.name === target)) continue;
      report({
        at: { filed, path: ['spec', 'scaleTargetRef', 'name'] },
        message: 'noTarget',
        args: { kind, name: identity.name, target },
      });
    }
  },
});

/** On by default since 1.27 (KEP-3017). */
const unhealthyPolicyFrom = 27;

/** Kinds whose objects are recognised as workloads; others may be made by a controller. */
const scalableKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'DeploymentConfig',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
]);

function judgeTemplate(
  resource: Resource,
  also: readonly string[],
  at: (node: ManifestNode, message: Message) => void,
): void {
  const replicas = resource.spec.get('replicas');
  const isSeveral = !replicas.isMissing && (replicas.number ?? 2) > 1;
  for (const { node } of podSpecsOf(resource)) {
    const spread = node.get('topologySpreadConstraints');
    const antiAffinity = node.get('affinity', 'podAntiAffinity');
    if (isSeveral && isEmpty(spread)) {
      if (isEmpty(antiAffinity)) at(spread, 'noSpread');
      else if (isAboutOthers(antiAffinity, namespaceOf(resource))) at(antiAffinity, 'elsewhere');
    }
    const nodeAffinity = node.get('affinity', 'nodeAffinity');
    if (also.includes('nodeAffinity') && isEmpty(nodeAffinity)) at(nodeAffinity, 'noNodeAffinity');
    const priority = node.get('priorityClassName');
    if (also.includes('priorityClass') && (priority.isMissing || priority.string === '')) at(priority, 'noPriority');
  }
}

/**
 * Each term names namespaces, and that of the pods is none of them. Without any, a term is about the namespace of the pods
 * (k8s.io/api/core/v1, PodAffinityTerm).
 */
function isAboutOthers(antiAffinity: ManifestNode, own: string | undefined): boolean {
  const required = antiAffinity.get('requiredDuringSchedulingIgnoredDuringExecution');
  const preferred = antiAffinity.get('preferredDuringSchedulingIgnoredDuringExecution');
  if (own === undefined || ![required, preferred].every((list) => list.isMissing || list.isComplete)) return false;
  const terms = [...required.items(), ...preferred.items().map((item) => item.get('podAffinityTerm'))];
  return terms.every((term) => {
    const namespaces = term.get('namespaces');
    const names = namespaces.items().map(({ string }) => string);
    const isNamed = namespaces.isKnown && namespaces.isComplete && !names.includes(undefined) && names.length > 0;
    return isNamed && term.get('namespaceSelector').isMissing && !names.includes(own);
  });
}

/** Missing, or a map or list with nothing in it. */
function isEmpty(node: ManifestNode): boolean {
  if (node.isMissing) return true;
  return node.isKnown && node.isComplete && node.entries().length === 0 && node.items().length === 0;
}

function scales({ targetKind, targetName }: AutoscalerFact, { identity }: ScalableFact): boolean {
  return targetKind === identity.kind && targetName === identity.name;
}

function protects({ selector, isOpen }: DisruptionBudgetFact, { podLabels }: ScalableFact): boolean {
  return isOpen || selectorMatches(selector, podLabels);
}
