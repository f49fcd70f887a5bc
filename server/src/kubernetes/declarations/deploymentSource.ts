import type { ManifestNode } from '../../manifest/index.ts';
import { groupKindOf } from '../resources/groupKind.ts';
import type { Resource } from '../resources/resource.ts';

/** A resource that says which files are applied, and as what. Paths are as written. */
export type DeploymentSource =
  | {
      readonly type: 'kustomization';
      /** Files and folders of resources, bases, components and patches, relative to the kustomization. */
      readonly paths: readonly string[];
      readonly namePrefix: string;
      readonly nameSuffix: string;
      /** '' where it gives none. */
      readonly namespace: string;
    }
  /** Relative to the root of a repository. */
  | { readonly type: 'argoApplication'; readonly name: string; readonly paths: readonly string[] }
  | {
      readonly type: 'fluxKustomization';
      readonly name: string;
      readonly namespace: string;
      readonly paths: readonly string[];
    };

/**
 * Kustomize: api/types/kustomization.go. Argo CD: `spec.source` and `spec.sources` of an Application
 * (pkg/apis/application/v1alpha1/types.go). Flux: `spec.path` of a Kustomization (kustomize-controller, api/v1).
 */
export function deploymentSourceOf(resource: Resource): DeploymentSource | undefined {
  const { node, spec, name, namespace } = resource;
  switch (groupKindOf(resource)) {
    case 'Kustomization.kustomize.config.k8s.io':
    case 'Component.kustomize.config.k8s.io':
      return {
        type: 'kustomization',
        paths: [
          ...['resources', 'bases', 'components', 'patchesStrategicMerge'].flatMap((key) => stringsIn(node.get(key))),
          ...pathsIn(node.get('patches').items()),
        ],
        namePrefix: node.get('namePrefix').string ?? '',
        nameSuffix: node.get('nameSuffix').string ?? '',
        namespace: node.get('namespace').string ?? '',
      };
    case 'Application.argoproj.io':
      return { type: 'argoApplication', name, paths: pathsIn([spec.get('source'), ...spec.get('sources').items()]) };
    case 'Kustomization.kustomize.toolkit.fluxcd.io':
      return { type: 'fluxKustomization', name, namespace, paths: pathsIn([spec]) };
    default:
      return undefined;
  }
}

function stringsIn(list: ManifestNode): readonly string[] {
  return list.items().flatMap(({ string }) => (string === undefined ? [] : [string]));
}

function pathsIn(nodes: readonly ManifestNode[]): readonly string[] {
  return nodes.flatMap((node) => node.get('path').string ?? []);
}
