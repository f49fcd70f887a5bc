import type { FixOperation, ManifestNode } from '../../manifest/index.ts';
import type { Container, EffectiveValue, PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import { hasUserNamespace, isOpenShiftPod, isWindowsPod } from './exemptions.ts';

/** Below it lie the users and groups that distributions give to programs and people of the node. */
export const lowestSafeId = 10_000;

/** A user or group of a container that the node may have as well. */
export interface LowId extends EffectiveValue {
  /** The container; of a value of the pod the first that inherits it. */
  readonly container: Container;
}

/**
 * The `runAsUser` or `runAsGroup` of containers that is below {@link lowestSafeId} or left to the image; a value of the
 * pod once. None where ids are mapped or assigned: with a user namespace, on OpenShift and on Windows.
 */
export function lowIds(
  podSpec: PodSpec,
  field: 'runAsUser' | 'runAsGroup',
  version: KubernetesVersion,
): readonly LowId[] {
  if (areIdsNotOfTheNode(podSpec, version)) return [];
  const all = podSpec.containers.map((container) => ({ ...container.effective(field), container }));
  const ofPod = all.find(({ origin }) => origin === 'pod');
  return all.filter((id) => isLow(id) && (id.origin !== 'pod' || id === ofPod));
}

/** A fix as rules offer it. */
export interface LowIdFix {
  readonly fixClass: 'review';
  readonly title: string;
  readonly operations: readonly FixOperation[];
  readonly isPreferred: true;
}

/** Sets an id that no node has: where a low one stands, for the whole pod where none does. */
export function raiseId({ node, origin, container }: LowId, field: 'runAsUser' | 'runAsGroup'): LowIdFix {
  const isUnset = origin === 'unset';
  const place = isUnset ? container.podSpec.securityContext.get(field) : node;
  const owner = field === 'runAsUser' ? 'user' : 'group';
  return {
    fixClass: 'review',
    title: `Set ${field}: ${lowestSafeId + 1}${isUnset ? ' for the pod' : ''} (check first that no files or volumes belong to another ${owner})`,
    operations: [{ op: 'set', node: place, value: lowestSafeId + 1 }],
    isPreferred: true,
  };
}

function isLow({ node, origin }: EffectiveValue): boolean {
  if (origin === 'unset') return node.isMissing;
  return node.number !== undefined && node.number < lowestSafeId;
}

/** A place where a pod or container is given group 0. */
export interface RootGroup {
  readonly node: ManifestNode;
  readonly field: 'runAsGroup' | 'fsGroup' | 'supplementalGroups';
  /** Undefined for a group of the pod. */
  readonly container: Container | undefined;
}

/** Each group 0 of a pod or a container; none where it is not the group of the node's root. */
export function rootGroups(podSpec: PodSpec, version: KubernetesVersion): readonly RootGroup[] {
  if (areIdsNotOfTheNode(podSpec, version)) return [];
  const ofPod = (field: RootGroup['field'], node: ManifestNode): RootGroup => ({ node, field, container: undefined });
  const { securityContext, containers } = podSpec;
  const groups: readonly RootGroup[] = [
    ofPod('runAsGroup', securityContext.get('runAsGroup')),
    ...containers.map((container) => ({
      node: container.securityContext.get('runAsGroup'),
      field: 'runAsGroup' as const,
      container,
    })),
    ofPod('fsGroup', securityContext.get('fsGroup')),
    ...securityContext
      .get('supplementalGroups')
      .items()
      .map((node) => ofPod('supplementalGroups', node)),
  ];
  return groups.filter(({ node }) => node.number === 0);
}

function areIdsNotOfTheNode(podSpec: PodSpec, version: KubernetesVersion): boolean {
  return hasUserNamespace(podSpec, version) || isOpenShiftPod(podSpec) || isWindowsPod(podSpec);
}

/**
 * Whether a pod that names users or groups takes further groups from the image's `/etc/group`, as it does unless
 * `supplementalGroupsPolicy` is `Strict` (KEP-3619). Below 1.33 the API server drops that field unless a feature gate keeps
 * it.
 */
export function mergesGroupsOfImage(podSpec: PodSpec, version: KubernetesVersion): boolean {
  const { securityContext } = podSpec;
  const policy = securityContext.get('supplementalGroupsPolicy');
  if (version.minor < 33 || isWindowsPod(podSpec) || !(policy.isMissing || policy.string === 'Merge')) return false;
  return (
    ['runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups'].some((field) => securityContext.get(field).isKnown) ||
    podSpec.containers.some((container) =>
      ['runAsUser', 'runAsGroup'].some((field) => container.securityContext.get(field).isKnown),
    )
  );
}
