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
import type { Owners } from './owners.ts';
import { stripObject } from './stripObject.ts';

interface GrowingGroup {
  readonly controller: ResourceIdentity;
  readonly pod: RawObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly digests: Map<string, Set<string>>;
  count: number;
}

/**
 * Folds pods as they are read: those of one controller that differ in nothing but their names become one. So a cluster
 * of ten thousand pods costs the memory of its controllers. Pods that have ended are left out.
 */
export class PodFolding {
  readonly #owners: Owners;
  readonly #groups = new Map<string, GrowingGroup>();

  constructor(owners: Owners) {
    this.#owners = owners;
  }

  add(pod: RawObject): void {
    const phase = asString(asObject(pod.status).phase);
    if (phase === 'Succeeded' || phase === 'Failed') return;
    const metadata = asObject(pod.metadata);
    const namespace = asString(metadata.namespace) ?? '';
    const controller = this.#owners.topOf(pod);
    const labels = asStrings(metadata.labels);
    const identity: ResourceIdentity =
      controller === undefined
        ? { group: '', version: 'v1', kind: 'Pod', namespace, name: asString(metadata.name) ?? '' }
        : { ...controllerIdentity(controller), namespace };
    const key = JSON.stringify([
      identity.group,
      identity.kind,
      namespace,
      identity.name,
      withoutPerPodLabels(labels),
      shapeOf(pod),
    ]);
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = {
        controller: identity,
        pod: withoutServerDefaults(stripObject(pod)),
        labels,
        digests: new Map(),
        count: 0,
      };
      this.#groups.set(key, group);
    }
    group.count++;
    for (const { container, digest } of runningDigests(pod)) {
      const digests = group.digests.get(container) ?? new Set();
      group.digests.set(container, digests.add(digest));
    }
  }

  groups(): readonly PodGroup[] {
    return [...this.#groups.values()].map((group) => ({
      controller: group.controller,
      pod: objectResource({ ...group.pod, apiVersion: 'v1', kind: 'Pod' }),
      namespace: group.controller.namespace,
      labels: group.labels,
      hostNetwork: asObject(group.pod.spec).hostNetwork === true,
      count: group.count,
      images: imagesOf(group),
    }));
  }
}

function controllerIdentity({ group, version, kind, name }: Omit<ResourceIdentity, 'namespace'>) {
  return { group, version, kind, name };
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
