import type { ResourceIdentity } from '../../kubernetes/index.ts';
import { type Sentence, sentence } from '../../sentences/index.ts';
import { discover } from '../collection/discovery.ts';
import type { ClusterClient } from '../connection/clusterClient.ts';

export type ObjectPath =
  | { readonly kind: 'path'; readonly path: string }
  /** The cluster does not serve the kind: a sentence. */
  | { readonly kind: 'notServed'; readonly message: Sentence }
  /** The cluster did not say what it serves. */
  | { readonly kind: 'unknown'; readonly message: Sentence };

/** The path of an object in the API of this cluster. */
export async function objectPath(
  client: ClusterClient,
  { group, version, kind, namespace, name }: ResourceIdentity,
  signal: AbortSignal = new AbortController().signal,
): Promise<ObjectPath> {
  const discovery = await discover(client, new Set([group]), signal);
  if (discovery.kind === 'unseen') return { kind: 'unknown', message: discovery.reason };
  const served = discovery.value.find(group, kind);
  const groupVersion = group === '' ? version : `${group}/${version}`;
  if (served === undefined) {
    return {
      kind: 'notServed',
      message: sentence('This cluster does not serve {kind} in {groupVersion}.', { kind, groupVersion }),
    };
  }
  const root = `${group === '' ? '/api' : '/apis'}/${groupVersion}`;
  const inNamespace = encodeURIComponent(namespace === '' ? client.namespace : namespace);
  const scope = served.isNamespaced ? `/namespaces/${inNamespace}` : '';
  return { kind: 'path', path: `${root}${scope}/${served.resource}/${encodeURIComponent(name)}` };
}
