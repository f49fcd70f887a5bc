import { messageOf } from '../apiServer/apiClient.ts';
import type { Cluster } from '../apiServer/cluster.ts';
import { discoverResources, type KubernetesObject } from '../apiServer/resources.ts';
import { surroundingsOn, withName } from './surroundings.ts';

/** What became of an object that was sent to a server. */
export type Stored =
  | {
      readonly kind: 'stored';
      /** As it was read back. */
      readonly object: Readonly<Record<string, unknown>>;
      /** Fields that were dropped, as paths. */
      readonly pruned: readonly string[];
    }
  | { readonly kind: 'refused'; readonly message: string }
  /** A kind that the server does not serve. */
  | { readonly kind: 'unknown' };

/** Stores objects in a server, reads them back and takes them away again, one after the other. */
export async function storingOn(cluster: Cluster): Promise<(object: KubernetesObject) => Promise<Stored>> {
  const { admin } = cluster;
  const resources = await discoverResources(admin);
  const prepare = surroundingsOn(cluster, resources);
  return async (sent) => {
    if (!resources.isKnown(sent)) return { kind: 'unknown' };
    await prepare(sent);
    const { ephemeralContainers, object } = withoutEphemeralContainers(withName(sent));
    const collection = resources.collection(object);
    const path = `${collection}/${encodeURIComponent(object.metadata.name)}`;
    // Unknown fields are dropped with a warning, as they are for clients that do not ask for more.
    const created = await admin.send('POST', collection, object);
    // Namespaces such as kube-system and roles such as cluster-admin are there from the start, and stay.
    const answer = created.status === 409 ? await admin.send('PUT', path, object) : created;
    if (answer.status !== 200 && answer.status !== 201) return { kind: 'refused', message: messageOf(answer) };
    if (ephemeralContainers !== undefined) {
      const patch = { spec: { ephemeralContainers } };
      const added = await admin.send(
        'PATCH',
        `${path}/ephemeralcontainers`,
        patch,
        'application/strategic-merge-patch+json',
      );
      if (added.status !== 200) return { kind: 'refused', message: messageOf(added) };
    }
    const stored = (await admin.expect('GET', path)) as Readonly<Record<string, unknown>>;
    if (created.status === 201 && object.kind !== 'Namespace') await remove(path);
    const pruned = answer.warnings.flatMap((warning) => /^unknown field "(.*)"$/.exec(warning)?.[1] ?? []);
    return { kind: 'stored', object: stored, pruned };
  };

  /** Without the finalizers, for which no controller is there. */
  async function remove(path: string): Promise<void> {
    await admin.expect('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
    await admin.expect('DELETE', `${path}?gracePeriodSeconds=0`);
  }
}

/** A pod is created without them; they are added to it then, which is all that the server allows. */
function withoutEphemeralContainers<T extends KubernetesObject>(pod: T): { object: T; ephemeralContainers?: unknown } {
  const { spec } = pod as { readonly spec?: { readonly ephemeralContainers?: unknown } | null };
  if (pod.kind !== 'Pod' || !Array.isArray(spec?.ephemeralContainers)) return { object: pod };
  const { ephemeralContainers, ...rest } = spec;
  return { object: { ...pod, spec: rest }, ephemeralContainers };
}
