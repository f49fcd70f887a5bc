import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import { matchesGroupKind } from '../resources/groupKind.ts';
import { stringMap } from '../resources/readResources.ts';
import type { Resource } from '../resources/resource.ts';
import { factBase } from './factBase.ts';
import type { PodPortsFact, ServiceFact } from './facts.ts';

export function serviceFacts(resource: Resource): readonly ServiceFact[] {
  if (!matchesGroupKind(resource, 'Service')) return [];
  const { spec } = resource;
  const selector = spec.get('selector');
  return [
    {
      ...factBase(resource),
      type: 'service',
      selector: Object.fromEntries(stringMap(selector)),
      isOpen: selector.isUnknown || !selector.isComplete || selector.entries().some(({ value }) => value.isUnknown),
      isHeadless: spec.get('clusterIP').string === 'None',
      targetPorts: spec.get('ports').items().map(targetPort),
    },
  ];
}

function targetPort(port: ManifestNode): string | number | undefined {
  const target = port.get('targetPort');
  if (!target.isMissing) return target.string ?? target.number;
  return port.get('port').number;
}

export function podPortsFact({ resource, node: spec, metadata, containers }: PodSpec): PodPortsFact {
  // Init containers count as well: those that are restarted serve like the others.
  const lists = containers.map(({ node }) => node.get('ports'));
  const ports = lists.flatMap((list) => list.items());
  return {
    ...factBase(resource),
    type: 'podPorts',
    podLabels: Object.fromEntries(stringMap(metadata.get('labels'))),
    names: ports.flatMap((port) => port.get('name').string ?? []),
    numbers: ports.flatMap((port) => port.get('containerPort').number ?? []),
    isOpen:
      !spec.get('containers').isComplete ||
      lists.some((list) => list.isUnknown || !list.isComplete) ||
      ports.some((port) => port.get('name').isUnknown || port.get('containerPort').isUnknown),
  };
}
