import type { ApiClient } from './apiClient.ts';

/** An API server to which tests may write. */
export interface Cluster {
  /** In system:masters or the like. */
  readonly admin: ApiClient;
  /** What it is: `kube-apiserver v1.37.2 and etcd 3.7.3 from the Go modules`. */
  readonly description: string;
  /** Creates a namespace in which pods can be created; one that exists already is left as it is. */
  createNamespace(name: string, labels?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends the connections. */
  close(): void;
}

export function clusterOf(admin: ApiClient, description: string): Cluster {
  /** 409: it exists already. */
  const create = async (path: string, object: unknown) => {
    const { status, body } = await admin.send('POST', path, object);
    if (status !== 201 && status !== 409) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
  };
  return {
    admin,
    description,
    close: () => admin.close(),
    async createNamespace(name, labels = {}) {
      await create('/api/v1/namespaces', { metadata: { name, labels } });
      // Pods are refused until their ServiceAccount exists, which a controller creates, where one runs.
      await create(`/api/v1/namespaces/${name}/serviceaccounts`, { metadata: { name: 'default' } });
    },
  };
}
