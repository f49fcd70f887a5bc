import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

/** One item of `rules` of a Role or ClusterRole. */
export interface RoleRule {
  readonly resource: Resource;
  readonly node: ManifestNode;
  readonly verbs: ManifestNode;
  readonly apiGroups: ManifestNode;
  readonly resources: ManifestNode;
  readonly resourceNames: ManifestNode;
  readonly nonResourceURLs: ManifestNode;
}
