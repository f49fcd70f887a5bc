import type { Finding } from '../../server/src/analysis/index.ts';
import { type Rule, rules } from '../../server/src/rules/index.ts';

/** Which of our rules, and which of their messages, say what a check of another tool says. */
export interface MappedRules {
  readonly rules: readonly Rule[];
  /** Of the rule, where the check asks for what the rule leaves out unless told. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Whether a finding of the rules speaks of what the check is about. */
  isAbout(finding: Finding): boolean;
}

/** Rules of many messages, which several checks share: what of them is the check's. */
const narrowed: Readonly<
  Record<string, { readonly messages: readonly string[]; readonly options?: Readonly<Record<string, unknown>> }>
> = {
  'KL:dangling-horizontalpodautoscaler': { messages: ['noTarget'] },
  'KL:dnsconfig-options': { messages: ['dnsOptions'], options: { dnsOptions: true } },
  'KL:duplicate-env-var': { messages: ['repeatedVariable'] },
  'KL:hpa-minimum-three-replicas': { messages: ['fewMinimum'] },
  'KL:invalid-target-ports': { messages: ['portName', 'portNumber', 'targetPort'] },
  'KL:job-ttl-seconds-after-finished': { messages: ['noTtl'] },
  'KL:minimum-three-replicas': { messages: ['fewReplicas'] },
  'KL:mismatching-selector': { messages: ['selector'] },
  'KL:no-anti-affinity': { messages: ['noSpread', 'elsewhere'] },
  'KL:no-node-affinity': { messages: ['noNodeAffinity'], options: { also: ['nodeAffinity'] } },
  'KL:no-rolling-update-strategy': { messages: ['strategy'] },
  'KL:pdb-unhealthy-pod-eviction-policy': { messages: ['unhealthy'] },
  'KL:required-annotation-email': { messages: ['requiredAnnotation'], options: { requiredAnnotations: ['email'] } },
  'KL:required-label-owner': { messages: ['requiredLabel'], options: { requiredLabels: ['owner'] } },
  'KL:restart-policy': { messages: ['notRestarted', 'refused'] },
  'KL:sorted-keys': { messages: ['sortedKeys'], options: { sortedKeys: true } },
  'PO:deploymentMissingReplicas': { messages: ['fewReplicas'] },
  'PO:hpaMaxAvailability': { messages: ['fixedRange'] },
  'PO:hpaMinAvailability': { messages: ['fewMinimum'], options: { minimumReplicas: 2 } },
  'PO:metadataAndInstanceMismatched': { messages: ['instance', 'requiredLabel'], options: { instanceIsName: true } },
  'PO:missingPodDisruptionBudget': { messages: ['noBudget'] },
  'PO:priorityClassNotSet': { messages: ['noPriority'], options: { also: ['priorityClass'] } },
  'PO:topologySpreadConstraint': { messages: ['noSpread'] },
};

/** `check` as the rules write it among their peers: `KL:host-pid`, `CKV_K8S_16`. Empty where no rule says the same. */
export function mappedRules(check: string): MappedRules {
  const { messages, options } = narrowed[check] ?? {};
  return {
    rules: rules.filter(({ references }) => references.peers?.includes(check) === true),
    ...(options === undefined ? {} : { options }),
    isAbout: ({ messageKey }) => messages === undefined || messages.includes(messageKey),
  };
}
