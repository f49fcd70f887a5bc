import type { PodSpec } from '../pods/podSpec.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import { readLabelSelector } from '../resources/labelSelector.ts';
import { stringMap } from '../resources/readResources.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { AutoscalerFact, DisruptionBudgetFact, ScalableFact } from './facts.ts';

const scalableKinds = [
  'Deployment.apps',
  'Deployment.extensions',
  'DeploymentConfig',
  'DeploymentConfig.apps.openshift.io',
  'StatefulSet.apps',
];

export function scalableFacts(resource: Resource, podSpecs: readonly PodSpec[]): readonly ScalableFact[] {
  if (!scalableKinds.some((kind) => matchesGroupKind(resource, kind))) return [];
  const replicas = resource.spec.get('replicas');
  return podSpecs.map(({ metadata }) => ({
    ...factBase(resource),
    type: 'scalable',
    podLabels: Object.fromEntries(stringMap(metadata.get('labels'))),
    replicas: replicas.isMissing ? undefined : (replicas.number ?? 'unknown'),
    serviceName: resource.spec.get('serviceName').string ?? '',
  }));
}

export function disruptionBudgetFacts(resource: Resource): readonly DisruptionBudgetFact[] {
  if (!matchesGroupKind(resource, 'PodDisruptionBudget.policy')) return [];
  const selector = resource.spec.get('selector');
  const isOpen = [selector, selector.get('matchLabels')].some((node) => node.isUnknown || !node.isComplete);
  return [{ ...factBase(resource), type: 'disruptionBudget', selector: readLabelSelector(selector), isOpen }];
}

/** KEDA's ScaledObject scales a Deployment where it names no kind (keda.sh/docs, "ScaledObject spec"). */
export function autoscalerFacts(resource: Resource): readonly AutoscalerFact[] {
  const isKeda = matchesGroupKind(resource, 'ScaledObject.keda.sh');
  if (!isKeda && !matchesGroupKind(resource, 'HorizontalPodAutoscaler.autoscaling')) return [];
  const target = resource.spec.get('scaleTargetRef');
  return [
    {
      ...factBase(resource),
      type: 'autoscaler',
      targetKind: target.get('kind').string ?? (isKeda ? 'Deployment' : ''),
      targetName: target.get('name').string ?? '',
    },
  ];
}
