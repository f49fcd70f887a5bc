import type { ManifestNode, ManifestPath } from '../manifest/index.ts';
import { groupKindOf, hasUnreadableApiVersion, parseGroupKind } from './groupKind.ts';
import { openView } from './openView.ts';
import type { PodSpec } from './podSpec.ts';
import { type PodTemplatePath, podTemplatePaths } from './podTemplatePaths.ts';
import { readPodSpec } from './readPodSpec.ts';
import type { GroupKind, Resource } from './resource.ts';
import { searchPodTemplates } from './searchPodTemplates.ts';

/**
 * Every pod spec of a resource: of the kinds of {@link podTemplatePaths}, of the kinds that the settings name, and of
 * any other kind in which a pod template can be recognised.
 */
export function podSpecsOf(resource: Resource, extraPaths: readonly PodTemplatePath[] = []): readonly PodSpec[] {
  return podTemplatesOf(resource, extraPaths).map((template) => readPodSpec(resource, template));
}

function podTemplatesOf(resource: Resource, extraPaths: readonly PodTemplatePath[]): readonly ManifestNode[] {
  const hasReadableVersion = !hasUnreadableApiVersion(resource);
  const groupKind = groupKindOf(resource);
  const paths = pathsOf(groupKind, hasReadableVersion, [...podTemplatePaths, ...extraPaths]);
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
  return templatesAt(node, pathsOf(groupKind, hasReadableVersion, podTemplatePaths));
}

function pathsOf(
  groupKind: GroupKind,
  hasReadableVersion: boolean,
  table: readonly PodTemplatePath[],
): readonly ManifestPath[] {
  if (hasReadableVersion) return table.filter(({ kind }) => kind === groupKind).map(({ path }) => path);
  // Groups of one kind agree on the path, but for Knative's Service beside the core one, which has none.
  const byKind = table.find(({ kind }) => parseGroupKind(kind).kind === groupKind && groupKind !== 'Service');
  return byKind === undefined ? [] : [byKind.path];
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
