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
  const served = evidence.apiGroups.kind === 'seen' ? [...evidence.apiGroups.value] : [];
  return knownAgents
    .filter((agent) => agent.capability === capability)
    .flatMap((agent) => {
      const groups = pods.filter((group) => group.images.some(({ reference }) => isImageOf(agent, reference)));
      const isServed = (agent.groups ?? []).some((group) =>
        served.some((name) => (group.startsWith('.') ? name.endsWith(group) : name === group)),
      );
      return groups.length > 0 || isServed ? [{ agent, groups }] : [];
    });
}

function isImageOf({ images = [] }: KnownAgent, reference: string): boolean {
  const repository = parseImageReference(reference)?.normalizedRepository;
  if (repository === undefined) return false;
  return images.some((image) => repository === image || repository.endsWith(`/${image}`));
}
