import type { LimitRangeFact, ResourceQuotaFact } from '../facts.ts';
import { matchesGroupKind } from '../groupKind.ts';
import type { Resource } from '../resource.ts';
import { factBase } from './factBase.ts';

export function resourceQuotaFacts(resource: Resource): readonly ResourceQuotaFact[] {
  if (!matchesGroupKind(resource, 'ResourceQuota')) return [];
  const hard = resource.spec
    .get('hard')
    .entries()
    .map(({ key }) => key);
  return [{ ...factBase(resource), type: 'resourceQuota', hard, isOpen: isOpen(resource) }];
}

export function limitRangeFacts(resource: Resource): readonly LimitRangeFact[] {
  if (!matchesGroupKind(resource, 'LimitRange')) return [];
  return [{ ...factBase(resource), type: 'limitRange' }];
}

function isOpen({ spec }: Resource): boolean {
  const hard = spec.get('hard');
  return hard.isUnknown || !hard.isComplete;
}
