import type { RawObject } from '../../kubernetes/index.ts';
import { asObject } from '../../kubernetes/index.ts';

/** The one annotation of a Secret that is asked about. In others is what somebody made of its values. */
const keptOfSecrets = 'kubernetes.io/service-account.name';

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
 * What no rule reads goes as soon as an object has arrived: half of its bytes are bookkeeping. Of the annotations of a
 * Secret none stays that may repeat its data, as those of kubectl and of OpenShift (`openshift.io/token-secret.value`) do.
 */
export function stripObject(object: RawObject): RawObject {
  const { status, metadata, ...rest } = object;
  const { managedFields, annotations, selfLink, generation, ...kept } = asObject(metadata);
  const stripped = asObject(annotations);
  const isKept = (name: string) => (object.kind === 'Secret' ? name === keptOfSecrets : !copies.includes(name));
  const others = Object.keys(stripped).every(isKept)
    ? annotations
    : Object.fromEntries(Object.entries(stripped).filter(([name]) => isKept(name)));
  return {
    ...rest,
    metadata: { ...kept, ...(others === undefined ? {} : { annotations: others }) },
    ...(kindsWithStatus.has(object.kind) ? { status } : {}),
  };
}
