import {
  asArray,
  asObject,
  asString,
  asStrings,
  objectResource,
  type PodGroup,
  perPodLabels,
  type RawObject,
  type ResourceIdentity,
  type RunningImage,
  withoutServerDefaults,
} from '../../kubernetes/index.ts';
import { controllerOf, type Owners } from './owners.ts';
import { stripObject } from './stripObject.ts';

/** Pods that one controller made alike. */
interface GrowingGroup {
  /** The one that was read first, for all of them. */
  readonly pod: RawObject;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly digests: Map<string, Set<string>>;
  /** What two groups of the same controller differ in. */
  readonly likeness: string;
  count: number;
}

/**
 * Folds pods as they are read: those of one controller that differ in nothing but their names become one. So a cluster
 * of ten thousand pods costs the memory of its controllers. Pods that have ended are left out.
 */
export class PodFolding {
  /** By the controller that a pod itself names, for what stands above that one may be read later. */
  readonly #groups = new Map<string, GrowingGroup>();

  add(pod: RawObject): void {
    const phase = asString(asObject(pod.status).phase);
    if (phase === 'Succeeded' || phase === 'Failed') return;
    const metadata = asObject(pod.metadata);
    const labels = asStrings(metadata.labels);
    const likeness = JSON.stringify([withoutPerPodLabels(labels), shapeOf(pod)]);
    const namespace = asString(metadata.namespace) ?? '';
    const controller = controllerOf(pod);
    // Mirror pods of a node are not made alike.
    const isMadeAlike = controller !== undefined && controller.kind !== 'Node';
    const maker = isMadeAlike ? [controller.kind, controller.name] : ['Pod', asString(metadata.name)];
    const key = `${[namespace, ...maker].join('/')} ${likeness}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = {
        pod: withoutServerDefaults(stripObject(pod)),
        namespace,
        labels,
        digests: new Map(),
        likeness,
        count: 0,
      };
      this.#groups.set(key, group);
    }
    group.count++;
    for (const { container, digest } of runningDigests(pod)) addTo(group.digests, container, [digest]);
  }

  /** @param owners all of them, by now */
  groups(owners: Owners): readonly PodGroup[] {
    const folded = new Map<string, GrowingGroup & { readonly controller: ResourceIdentity }>();
    for (const group of this.#groups.values()) {
      const controller = topOf(group, owners);
      const key = `${controller.group} ${controller.kind} ${controller.namespace} ${controller.name} ${group.likeness}`;
      const known = folded.get(key);
      if (known === undefined) {
        folded.set(key, { ...group, digests: new Map(group.digests), controller });
        continue;
      }
      // Two ReplicaSets of one Deployment.
      known.count += group.count;
      for (const [container, digests] of group.digests) addTo(known.digests, container, digests);
    }
    return [...folded.values()].map((group) => ({
      controller: group.controller,
      pod: objectResource({ ...group.pod, apiVersion: 'v1', kind: 'Pod' }),
      namespace: group.namespace,
      labels: group.labels,
      hostNetwork: asObject(group.pod.spec).hostNetwork === true,
      count: group.count,
      images: imagesOf(group),
    }));
  }
}

/** Whoever somebody wrote down; the pod itself where nobody manages it. */
function topOf({ pod, namespace }: GrowingGroup, owners: Owners): ResourceIdentity {
  const top = owners.topOf(pod);
  if (top === undefined) {
    return { group: '', version: 'v1', kind: 'Pod', namespace, name: asString(asObject(pod.metadata).name) ?? '' };
  }
  const { group, version, kind, name } = top;
  return { group, version, kind, namespace, name };
}

/** Sets are not changed, for another group may share them. */
function addTo(digests: Map<string, Set<string>>, container: string, more: Iterable<string>): void {
  const known = digests.get(container) ?? new Set();
  const all = new Set([...known, ...more]);
  if (all.size > known.size) digests.set(container, all);
}

function withoutPerPodLabels(labels: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(labels).filter(([key]) => !perPodLabels.has(key));
}

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const statusLists = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'] as const;

/** Which containers run which images: what rollouts and injected containers change. */
function shapeOf(pod: RawObject): readonly unknown[] {
  const spec = asObject(pod.spec);
  return containerLists.map((list) =>
    asArray(spec[list])
      .map(asObject)
      .map(({ name, image }) => [name, image]),
  );
}

/** `docker-pullable://nginx@sha256:...` and `registry/nginx@sha256:...` end in what runs; `sha256:...` alone is no digest of a registry. */
function* runningDigests(pod: RawObject): Iterable<{ readonly container: string; readonly digest: string }> {
  const status = asObject(pod.status);
  for (const list of statusLists) {
    for (const item of asArray(status[list]).map(asObject)) {
      const container = asString(item.name);
      const digest = asString(item.imageID)?.split('@')[1];
      if (container !== undefined && digest !== undefined) yield { container, digest };
    }
  }
}

function imagesOf({ pod, digests }: GrowingGroup): readonly RunningImage[] {
  const spec = asObject(pod.spec);
  return containerLists
    .flatMap((list) => asArray(spec[list]).map(asObject))
    .map(({ name, image }) => {
      const container = asString(name) ?? '';
      return { container, reference: asString(image) ?? '', digests: [...(digests.get(container) ?? [])].sort() };
    });
}
