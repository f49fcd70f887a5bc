import type { DeclarationHints, FieldWriter, ResourceIdentity } from '../../kubernetes/index.ts';

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
