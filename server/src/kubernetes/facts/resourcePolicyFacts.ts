import type { ManifestNode } from '../../manifest/index.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { LimitRangeFact, ResourceQuotaFact } from './facts.ts';

export function resourceQuotaFacts(resource: Resource): readonly ResourceQuotaFact[] {
  if (!matchesGroupKind(resource, 'ResourceQuota')) return [];
  const hard = keysOf(resource.spec.get('hard'));
  return [{ ...factBase(resource), type: 'resourceQuota', hard, isOpen: isOpen(resource) }];
}

/** `max` is the default limit where no other is written, and `min` the request (pkg/apis/core/v1/defaults.go). */
export function limitRangeFacts(resource: Resource): readonly LimitRangeFact[] {
  if (!matchesGroupKind(resource, 'LimitRange')) return [];
  const items = resource.spec
    .get('limits')
    .items()
    .filter((item) => item.get('type').string === 'Container');
  const keys = (field: string) => items.flatMap((item) => keysOf(item.get(field)));
  const limits = [...keys('default'), ...keys('max')];
  const requests = [...keys('defaultRequest'), ...limits, ...keys('min')];
  return [
    {
      ...factBase(resource),
      type: 'limitRange',
      defaultLimits: [...new Set(limits)],
      defaultRequests: [...new Set(requests)],
    },
  ];
}

function keysOf(map: ManifestNode): readonly string[] {
  return map.entries().map(({ key }) => key);
}

function isOpen({ spec }: Resource): boolean {
  const hard = spec.get('hard');
  return hard.isUnknown || !hard.isComplete;
}
