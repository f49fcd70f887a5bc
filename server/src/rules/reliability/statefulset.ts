import { type ScalableFact, type ServiceFact, selectorMatches } from '../../kubernetes/index.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'reliability/statefulset',
  summary: 'StatefulSet without its headless Service, or with incomplete claims',
  severity: 'info',
  profile: 'off',
  why:
    'The pods of a StatefulSet find each other by names that a headless Service gives them. Without it, or with one that selects other ' +
    'pods, these names do not exist. A claim without size or with another access mode does not bind, or is shared.',
  whenNot: 'Sets whose pods never look for each other by name, and storage that is shared on purpose.',
  references: {
    peers: [
      'KICS:Incorrect Volume Claim Access Mode ReadWriteOnce',
      'KICS:StatefulSet Requests Storage',
      'KICS:StatefulSet Without Service Name',
      'KS:statefulset-has-servicename',
      'KSEC:VolumeClaimAccessModeReadWriteOnce',
      'KSEC:VolumeClaimRequestsStorage',
    ],
    urls: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id'],
  },
  fixClass: 'none',
  messages: {
    noService: 'StatefulSet "{name}" names no Service, so its pods have no stable names on the network.',
    unknownService: 'StatefulSet "{name}" names Service "{service}", which is not in the workspace.',
    notHeadless: 'StatefulSet "{name}" names Service "{service}", which is not headless, so its pods get no names.',
    otherPods: 'StatefulSet "{name}" names Service "{service}", which selects other pods, so its own get no names.',
    accessMode:
      'Claim "{claim}" of StatefulSet "{name}" does not ask for ReadWriteOnce, so other pods may write to the volume too.',
    storage: 'Claim "{claim}" of StatefulSet "{name}" asks for no storage, so the API server refuses it.',
  },
  subject: 'resource',
  kinds: ['StatefulSet.apps'],
  judge({ name, spec }, report) {
    const serviceName = spec.get('serviceName');
    if (serviceName.isMissing || serviceName.string === '')
      report({ at: serviceName, message: 'noService', args: { name } });
    for (const claim of spec.get('volumeClaimTemplates').items()) {
      const args = { name, claim: claim.get('metadata', 'name').string ?? '' };
      const modes = claim.get('spec', 'accessModes');
      const isExclusive = modes
        .items()
        .some((mode) => mode.isUnknown || /^ReadWriteOnce(?:Pod)?$/.test(mode.string ?? ''));
      if (!modes.isUnknown && modes.isComplete && !isExclusive) report({ at: modes, message: 'accessMode', args });
      const storage = claim.get('spec', 'resources', 'requests', 'storage');
      if (storage.isMissing) report({ at: storage, message: 'storage', args });
    }
  },
  judgeNamespace({ name: namespace, facts }, report) {
    const services = facts.read('service', namespace);
    for (const filed of facts.read('scalable', namespace)) {
      const { identity, serviceName } = filed.fact;
      if (identity.kind !== 'StatefulSet' || serviceName === '') continue;
      const service = services.find(({ fact }) => fact.identity.name === serviceName)?.fact;
      const message = mistake(service, filed.fact);
      if (message === undefined) continue;
      report({
        at: { filed, path: ['spec', 'serviceName'] },
        message,
        args: { name: identity.name, service: serviceName },
      });
    }
  },
});

function mistake(
  service: ServiceFact | undefined,
  { podLabels }: ScalableFact,
): 'unknownService' | 'notHeadless' | 'otherPods' | undefined {
  if (service === undefined) return 'unknownService';
  if (!service.isHeadless) return 'notHeadless';
  const selector = { matchLabels: service.selector, matchExpressions: [] };
  return service.isOpen || selectorMatches(selector, podLabels) ? undefined : 'otherPods';
}
