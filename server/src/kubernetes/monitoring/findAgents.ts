import type { ClusterEvidence, PodGroup } from '../cluster/clusterEvidence.ts';
import { parseImageReference } from '../images/imageReference.ts';
import { type KnownAgent, knownAgents, type MonitoringCapability } from './knownAgents.ts';

/** An agent that was found, and how. */
export interface FoundAgent {
  readonly agent: KnownAgent;
  /** The pods that run it; empty where only its API group is there. */
  readonly groups: readonly PodGroup[];
}

/** Agents of a capability, by the images that run and the API groups that are served. */
export function findAgents(evidence: ClusterEvidence, capability: MonitoringCapability): readonly FoundAgent[] {
  const pods = evidence.pods.kind === 'seen' ? evidence.pods.value : [];
  const repositories = pods.map(({ images }) =>
    images.flatMap(({ reference }) => parseImageReference(reference)?.normalizedRepository ?? []),
  );
  const served = evidence.apiGroups.kind === 'seen' ? [...evidence.apiGroups.value] : [];
  return knownAgents
    .filter((agent) => agent.capability === capability)
    .flatMap((agent) => {
      const groups = pods.filter((_, index) => repositories[index]?.some((one) => isImageOf(agent, one)));
      const isServed = (agent.groups ?? []).some((group) =>
        served.some((name) => (group.startsWith('.') ? name.endsWith(group) : name === group)),
      );
      return groups.length > 0 || isServed ? [{ agent, groups }] : [];
    });
}

function isImageOf({ images = [] }: KnownAgent, repository: string): boolean {
  return images.some((image) => repository === image || repository.endsWith(`/${image}`));
}
