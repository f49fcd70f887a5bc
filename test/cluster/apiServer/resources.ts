import type { ApiClient } from './apiClient.ts';

/** An object in JSON, as far as its identity goes. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly generateName?: string; readonly namespace?: string };
}

/** The kinds that a server knows. */
export interface Resources {
  isKnown(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>): boolean;
  /**
   * The path of an object's collection, in its own namespace or else in `default`.
   *
   * @throws {Error} for a kind that the server does not know
   */
  collection(object: KubernetesObject): string;
  /** The namespace that an object lies in; undefined for one that lies in none. */
  namespaceOf(object: KubernetesObject): string | undefined;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** Asks a server for its kinds: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api. */
export async function discoverResources(client: ApiClient): Promise<Resources> {
  const groups = (await client.expect('GET', '/apis')) as {
    readonly groups: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
  };
  const versions = ['v1', ...groups.groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion))];
  const root = (apiVersion: string) => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
  const known = new Map<string, Resource>();
  const lists = versions.map(async (apiVersion) => {
    const { resources } = (await client.expect('GET', root(apiVersion))) as { readonly resources: readonly Resource[] };
    for (const resource of resources) {
      // `pods/eviction` and its like are no collections.
      if (resource.name.includes('/') || !resource.verbs.includes('create')) continue;
      known.set(`${apiVersion} ${resource.kind}`, resource);
    }
  });
  await Promise.all(lists);
  const resourceOf = ({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>) =>
    known.get(`${apiVersion} ${kind}`);
  const namespaceOf = (object: KubernetesObject) =>
    resourceOf(object)?.namespaced === true ? object.metadata?.namespace || 'default' : undefined;
  return {
    isKnown: (object) => resourceOf(object) !== undefined,
    namespaceOf,
    collection(object) {
      const resource = resourceOf(object);
      if (resource === undefined) throw new Error(`The server does not know ${object.apiVersion} ${object.kind}`);
      const namespace = namespaceOf(object);
      const prefix = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
      return `${root(object.apiVersion)}${prefix}/${resource.name}`;
    },
  };
}
