import type { ResourceIdentity } from '../../kubernetes/index.ts';
import { discover } from '../collection/discovery.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';

/** The path of an object in the API; undefined for a kind that the cluster does not serve. */
export async function objectPath(
  client: ClusterClient,
  identity: ResourceIdentity,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const collection = await collectionPath(client, identity, signal);
  return collection === undefined ? undefined : `${collection}/${encodeURIComponent(identity.name)}`;
}

/** The path of all objects of a kind in the object's namespace. */
export async function collectionPath(
  client: ClusterClient,
  { group, version, kind, namespace }: ResourceIdentity,
  signal: AbortSignal = new AbortController().signal,
): Promise<string | undefined> {
  const discovery = await discover(client, new Set([group]), signal);
  const served = discovery.kind === 'seen' ? discovery.value.find(group, kind) : undefined;
  if (served === undefined) return undefined;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return served.isNamespaced
    ? `${root}/namespaces/${encodeURIComponent(namespace === '' ? client.namespace : namespace)}/${served.resource}`
    : `${root}/${served.resource}`;
}

export function notServedMessage({ group, version, kind }: ResourceIdentity): string {
  return `This cluster does not serve ${kind} in ${group === '' ? version : `${group}/${version}`}.`;
}
