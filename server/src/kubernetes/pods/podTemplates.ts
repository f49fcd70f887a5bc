import type { ManifestNode, ManifestPath } from '../../manifest/index.ts';
import { groupKindOf, hasUnreadableApiVersion, parseGroupKind } from '../resources/groupKind.ts';
import { openView } from '../resources/openView.ts';
import type { GroupKind, Resource } from '../resources/resource.ts';
import type { PodSpec } from './podSpec.ts';
import { type PodTemplatePath, podTemplatePaths } from './podTemplatePaths.ts';
import { readPodSpec } from './readPodSpec.ts';
import { searchPodTemplates } from './searchPodTemplates.ts';

/**
 * Every pod spec of a resource: of the kinds of {@link podTemplatePaths}, of the kinds that the settings name, and of
 * any other kind in which a pod template can be recognised.
 */
export function podSpecsOf(
  resource: Resource,
  extraPaths: readonly PodTemplatePath[] = noExtraPaths,
): readonly PodSpec[] {
  let read = lastRead.get(resource);
  if (read?.extraPaths !== extraPaths) {
    const podSpecs = podTemplatesOf(resource, extraPaths).map((template) => readPodSpec(resource, template));
    read = { extraPaths, podSpecs };
    lastRead.set(resource, read);
  }
  return read.podSpecs;
}

const noExtraPaths: readonly PodTemplatePath[] = [];

/** Rules about whole resources ask again, and what is derived from a pod spec is kept with it. */
const lastRead = new WeakMap<
  Resource,
  { readonly extraPaths: readonly PodTemplatePath[]; readonly podSpecs: readonly PodSpec[] }
>();

function podTemplatesOf(resource: Resource, extraPaths: readonly PodTemplatePath[]): readonly ManifestNode[] {
  const hasReadableVersion = !hasUnreadableApiVersion(resource);
  const groupKind = groupKindOf(resource);
  const paths = [...knownPaths(groupKind, hasReadableVersion), ...extraPathsOf(groupKind, extraPaths)];
  if (paths.length > 0) return templatesAt(resource.node, paths);
  const found = searchPodTemplates(resource);
  return resource.isPartial ? found.map(openView) : found;
}

/** The pod templates of a kind that is known to have them; empty for any other kind. */
export function knownPodTemplates(
  node: ManifestNode,
  groupKind: GroupKind,
  hasReadableVersion: boolean,
): readonly ManifestNode[] {
  return templatesAt(node, knownPaths(groupKind, hasReadableVersion));
}

const pathsByGroupKind: ReadonlyMap<GroupKind, readonly ManifestPath[]> = new Map(
  podTemplatePaths.map(({ kind, path }) => [kind, [path]]),
);

/**
 * By kind alone, for an API version that cannot be read: the groups of one kind agree on the path, but for Knative's
 * Service and Configuration, whose namesakes elsewhere have none.
 */
const pathsByKind: ReadonlyMap<string, readonly ManifestPath[]> = new Map(
  podTemplatePaths
    .map(({ kind, path }) => [parseGroupKind(kind), path] as const)
    .filter(([{ group }]) => group !== 'serving.knative.dev')
    .map(([{ kind }, path]) => [kind, [path]]),
);

function knownPaths(groupKind: GroupKind, hasReadableVersion: boolean): readonly ManifestPath[] {
  return (hasReadableVersion ? pathsByGroupKind : pathsByKind).get(groupKind) ?? [];
}

function extraPathsOf(groupKind: GroupKind, extraPaths: readonly PodTemplatePath[]): readonly ManifestPath[] {
  return extraPaths.filter(({ kind }) => kind === groupKind).map(({ path }) => path);
}

/** The templates that are written; a Rollout with `workloadRef`, say, has none. */
function templatesAt(root: ManifestNode, paths: readonly ManifestPath[]): readonly ManifestNode[] {
  return paths.flatMap((path) => follow(root, path)).filter((template) => template.get('spec').isKnown);
}

function follow(node: ManifestNode, path: ManifestPath): readonly ManifestNode[] {
  const [step, ...rest] = path;
  if (step === undefined) return [node];
  if (step === '*') return node.items().flatMap((item) => follow(item, rest));
  return follow(node.get(step), rest);
}
