import type { Cluster } from '../apiServer/cluster.ts';
import type { KubernetesObject, Resources } from '../apiServer/resources.ts';

/**
 * Creates what has to be there before an object can be: its namespace, and what a pod names that admission looks up. Each
 * only once.
 */
export function surroundingsOn(cluster: Cluster, resources: Resources): (object: KubernetesObject) => Promise<void> {
  const created = new Map<string, Promise<unknown>>();
  const once = (key: string, create: () => Promise<unknown>) => {
    const found = created.get(key) ?? create();
    created.set(key, found);
    return found;
  };
  return async (object) => {
    const namespace = resources.namespaceOf(object);
    if (namespace === undefined) return;
    await once(namespace, () => cluster.createNamespace(namespace));
    if (object.kind !== 'Pod') return;
    const { spec } = object as { readonly spec?: Readonly<Record<string, unknown>> | null };
    for (const [field, collection, content] of lookedUp(namespace)) {
      const name = spec?.[field];
      // A wrong name is refused, and so is the pod.
      if (typeof name !== 'string' || name === '') continue;
      const body = { ...content, metadata: { name } };
      await once(`${collection}/${name}`, () => cluster.admin.send('POST', collection, body));
    }
  };
}

/** Fields of a pod that name another object, where it lies, and what it must have. */
function lookedUp(namespace: string): readonly (readonly [field: string, collection: string, content: object])[] {
  return [
    ['serviceAccountName', `/api/v1/namespaces/${namespace}/serviceaccounts`, {}],
    ['runtimeClassName', '/apis/node.k8s.io/v1/runtimeclasses', { handler: 'test' }],
    ['priorityClassName', '/apis/scheduling.k8s.io/v1/priorityclasses', { value: 1 }],
  ];
}

/** A name is never what a fixture is about. */
export function withName(
  object: KubernetesObject,
): KubernetesObject & { readonly metadata: { readonly name: string } } {
  const { name, generateName } = object.metadata ?? {};
  return { ...object, metadata: { ...object.metadata, name: name || (generateName ? `${generateName}x` : 'unnamed') } };
}
