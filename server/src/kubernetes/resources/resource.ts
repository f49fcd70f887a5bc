import type { ManifestDocument, ManifestNode } from '../../manifest/index.ts';

/** `group/version` split; the core group is `''`. */
export interface ApiVersion {
  readonly group: string;
  readonly version: string;
}

/** What names an object in a cluster. `namespace` is '' for cluster-scoped kinds and for a missing one. */
export interface ResourceIdentity extends ApiVersion {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * One Kubernetes object of a document: the document's root, or an item of a List (at any depth).
 * Also kubeadm, kubelet, audit and other configuration files that carry apiVersion and kind.
 */
export interface Resource extends ResourceIdentity {
  readonly document: ManifestDocument;
  readonly node: ManifestNode;
  /** As written, '' when missing or unknown. */
  readonly apiVersion: string;
  readonly metadata: ManifestNode;
  readonly spec: ManifestNode;
  /** The known string values of `metadata.labels` / `metadata.annotations`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** A Kustomize patch or other fragment: absence means nothing in it (its nodes are open). */
  readonly isPartial: boolean;
}

/** Matches a kind in any version of a group: `'NetworkPolicy.networking.k8s.io'`, `'Pod'` (core group). */
export type GroupKind = string;
