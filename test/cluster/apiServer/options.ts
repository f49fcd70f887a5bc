/** What a test API server is started with. Everything may be left out. */
export interface ApiServerOptions {
  /** How Secrets are stored; default: as they are. */
  readonly encryption?: 'aescbc' | 'secretbox';
  /** Writes an audit log of all requests at level Metadata; default: none. */
  readonly audit?: boolean;
  /** Whether requests without credentials are let in as system:anonymous; default: yes, as in Kubernetes. */
  readonly anonymousAuth?: boolean;
  /** Behaves as this older minor version, which must be within three of its own. */
  readonly emulatedVersion?: `1.${number}`;
  /**
   * Starts a kube-controller-manager, which makes ReplicaSets and pods from Deployments, default ServiceAccounts, and
   * deletes namespaces; default: none, and no object but those that tests create.
   */
  readonly controllerManager?: boolean;
  /** Beside those that are on by default. */
  readonly enableAdmissionPlugins?: readonly string[];
  readonly disableAdmissionPlugins?: readonly string[];
  /** More flags for kube-apiserver, such as `--feature-gates=...`. */
  readonly flags?: readonly string[];
}

/** Whom a kubeconfig of the test server stands for. Client certificates, but for `exec`. */
export const testUsers = {
  /** In system:masters: may do everything, past RBAC. */
  admin: { commonName: 'admin', organizations: ['system:masters'] },
  /** Bound to the ClusterRole `view` in the whole cluster. */
  view: { commonName: 'viewer', organizations: ['viewers'] },
  /** In system:monitoring: may read /metrics, /flagz and their like, and no object. */
  monitoring: { commonName: 'monitor', organizations: ['system:monitoring'] },
  /** What every authenticated user may do, and no more. */
  nobody: { commonName: 'nobody', organizations: [] },
} as const;

/** `exec` has the rights of `view`, with a token that a credential plugin prints. */
export type TestUser = keyof typeof testUsers | 'exec';

export const viewersGroup = 'viewers';
