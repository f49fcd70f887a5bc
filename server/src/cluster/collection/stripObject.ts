import type { RawObject } from '../../kubernetes/index.ts';
import { asObject } from '../../kubernetes/index.ts';

/** Annotations that repeat the object in other words: of kubectl, of kapp and of Rancher's controllers. */
export const copies: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'kapp.k14s.io/original',
  'objectset.rio.cattle.io/applied',
  'control-plane.alpha.kubernetes.io/leader',
];

/** Kinds of whose status something is judged. */
const kindsWithStatus: ReadonlySet<unknown> = new Set(['Node', 'DaemonSet', 'APIService', 'APIServer']);

/**
 * What no rule reads goes as soon as an object has arrived: half of its bytes are bookkeeping. Of a Secret's metadata the
 * annotation with its data must not stay either; that there is one does.
 */
export function stripObject(object: RawObject): RawObject {
  const { status, metadata, ...rest } = object;
  const { managedFields, annotations, selfLink, generation, ...kept } = asObject(metadata);
  const stripped = asObject(annotations);
  const isCopied = copies.some((name) => Object.hasOwn(stripped, name));
  const others = isCopied
    ? Object.fromEntries(Object.entries(stripped).filter(([key]) => !copies.includes(key)))
    : annotations;
  return {
    ...rest,
    metadata: { ...kept, ...(others === undefined ? {} : { annotations: others }) },
    ...(kindsWithStatus.has(object.kind) ? { status } : {}),
  };
}
