import type { DeclarationHints, FieldWriter, ResourceIdentity } from '../../kubernetes/index.ts';
import type { Sentence } from '../../sentences/index.ts';

/**
 * Request, client to cluster process: {@link ReadObjectParams} in, {@link ReadObjectResult} out. Reads one object as it
 * is now. Data of a Secret never leaves the process: its values are replaced.
 */
export const readObjectMethod = 'cluster/readObject';

export interface ReadObjectParams {
  readonly contextName: string;
  readonly object: ResourceIdentity;
  /** A field of which the last writer is asked for. */
  readonly path?: readonly (string | number)[];
}

export type ReadObjectResult =
  | {
      readonly kind: 'object';
      /** As `kubectl get -o yaml` shows it, without managedFields. Paths of findings lead to the same fields. */
      readonly yaml: string;
      /** Who wrote what, last first. */
      readonly writers: readonly FieldWriter[];
      /** Of the field that was asked for, or of what it stands in; absent where nobody is recorded. */
      readonly writer?: FieldWriter;
      /** Annotations and labels that say where the object is declared. */
      readonly declaredBy: DeclarationHints;
    }
  | { readonly kind: 'trouble'; readonly message: Sentence };
