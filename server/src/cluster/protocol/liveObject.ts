import type { ResourceIdentity } from '../../kubernetes/index.ts';

/**
 * Request, client to cluster process: {@link ReadObjectParams} in, {@link ReadObjectResult} out. Reads one object as it
 * is now. Data of a Secret never leaves the process: its values are replaced.
 */
export const readObjectMethod = 'cluster/readObject';

export interface ReadObjectParams {
  readonly contextName: string;
  readonly object: ResourceIdentity;
}

export type ReadObjectResult =
  | {
      readonly kind: 'object';
      /** As `kubectl get -o yaml` shows it, without managedFields. Paths of findings lead to the same fields. */
      readonly yaml: string;
      /** Who wrote what, last first. */
      readonly writers: readonly FieldWriter[];
      /** Annotations and labels that say where the object is declared. */
      readonly declaredBy: DeclarationHints;
    }
  | { readonly kind: 'trouble'; readonly message: string };

/** One entry of `metadata.managedFields`. */
export interface FieldWriter {
  /** `kubectl-client-side-apply`, `helm`, `argocd-controller` */
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** ISO 8601; undefined where the server recorded none. */
  readonly time: string | undefined;
  /** Paths of the fields that it owns; items of lists by the index that they have now. */
  readonly fields: readonly (readonly (string | number)[])[];
}

/** What the tools that deploy leave on their objects. Absent where they left nothing. */
export interface DeclarationHints {
  readonly helm?: { readonly release: string; readonly namespace: string; readonly chart: string };
  readonly argoCd?: { readonly application: string };
  readonly flux?: { readonly kustomization: string; readonly namespace: string };
  /** `config.kubernetes.io/origin` of Kustomize: the path in the repository. */
  readonly kustomizeOrigin?: string;
}
