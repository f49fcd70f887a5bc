import type { ManifestPath } from '../../manifest/index.ts';
import type { ResourceIdentity } from '../resources/resource.ts';

/**
 * What a document contributes to judgements across files. Values only, no offsets: a shifted line invalidates nothing.
 * `path` is where the resource stands in its document (`[]`, or `['items', 2]`).
 */
interface FactBase {
  readonly identity: ResourceIdentity;
  readonly path: ManifestPath;
}

/** Namespaced objects without a namespace are filed under `'default'` (the same as writing it). */
export interface WorkloadFact extends FactBase {
  readonly type: 'workload';
  readonly podLabels: Readonly<Record<string, string>>;
  readonly serviceAccountName: string;
}

export interface LabelSelectorValue {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

export interface NetworkPolicyFact extends FactBase {
  readonly type: 'networkPolicy';
  readonly podSelector: LabelSelectorValue;
  /** Effective policy types, as the API server defaults them. */
  readonly ingress: 'not-selected' | 'deny-all' | 'rules';
  readonly egress: 'not-selected' | 'deny-all' | 'rules';
  /** Cilium, Calico, AdminNetworkPolicy: counts for every namespace it may select. */
  readonly clusterWide: boolean;
}

export interface NamespaceFact extends FactBase {
  readonly type: 'namespace';
  readonly labels: Readonly<Record<string, string>>;
}

export interface RoleBindingFact extends FactBase {
  readonly type: 'roleBinding';
  readonly clusterWide: boolean;
  readonly roleKind: string;
  readonly roleName: string;
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[];
}

export interface ServiceAccountFact extends FactBase {
  readonly type: 'serviceAccount';
  /** Which a pod without its own gets; paths are below the resource. */
  readonly pullSecrets: readonly { readonly name: string; readonly path: ManifestPath }[];
}

/** A ConfigMap or Secret that is in the workspace, or that something in it makes. Filed under `''`. */
export interface ConfigSourceFact extends FactBase {
  readonly type: 'configSource';
  readonly of: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Sorted; absent where they cannot be told. */
  readonly keys?: readonly string[];
}

/** What a pod cannot start without. */
export interface ConfigReference {
  readonly of: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Absent for the object as a whole. */
  readonly key?: string;
  /** Where the name, or the key, is written, below the resource. */
  readonly path: ManifestPath;
}

export interface ConfigReferenceFact extends FactBase {
  readonly type: 'configReference';
  readonly references: readonly ConfigReference[];
}

export interface ResourceQuotaFact extends FactBase {
  readonly type: 'resourceQuota';
  /** The keys of `spec.hard`, `requests.cpu` and `pods` for instance. */
  readonly hard: readonly string[];
  /** More may be there than can be read. */
  readonly isOpen: boolean;
}

export interface LimitRangeFact extends FactBase {
  readonly type: 'limitRange';
  /** Resources that containers get a limit for where they name none. */
  readonly defaultLimits: readonly string[];
  /** Resources that containers get a request for where they name none; a default limit is one too. */
  readonly defaultRequests: readonly string[];
}

/** A Deployment, StatefulSet or DeploymentConfig. */
export interface ScalableFact extends FactBase {
  readonly type: 'scalable';
  readonly podLabels: Readonly<Record<string, string>>;
  /** `spec.replicas`; undefined where it is not written, `'unknown'` where it cannot be told. */
  readonly replicas: number | 'unknown' | undefined;
  /** `spec.serviceName` of a StatefulSet, '' where there is none. */
  readonly serviceName: string;
}

/** The ports of one pod template. */
export interface PodPortsFact extends FactBase {
  readonly type: 'podPorts';
  readonly podLabels: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  readonly numbers: readonly number[];
  /** More may be there than can be read. */
  readonly isOpen: boolean;
}

export interface ServiceFact extends FactBase {
  readonly type: 'service';
  /** Empty for a Service whose endpoints somebody else names. */
  readonly selector: Readonly<Record<string, string>>;
  /** More may be selected by than can be read. */
  readonly isOpen: boolean;
  readonly isHeadless: boolean;
  /** By index in `spec.ports`; undefined where the text does not tell. `port` is the target where no other is named. */
  readonly targetPorts: readonly (string | number | undefined)[];
}

export interface DisruptionBudgetFact extends FactBase {
  readonly type: 'disruptionBudget';
  readonly selector: LabelSelectorValue;
  /** The selector cannot be read, so that it may select anything. */
  readonly isOpen: boolean;
}

/** A HorizontalPodAutoscaler, or what makes one: a ScaledObject of KEDA. */
export interface AutoscalerFact extends FactBase {
  readonly type: 'autoscaler';
  readonly targetKind: string;
  /** '' where the text does not tell. */
  readonly targetName: string;
}

/** The images of one pod template. Paths are below the resource. */
export interface ImagePullFact extends FactBase {
  readonly type: 'imagePull';
  /** `docker.io/library/nginx`, and for messages `Container "web"`. */
  readonly images: readonly { readonly repository: string; readonly path: ManifestPath; readonly user: string }[];
  readonly pullSecrets: readonly { readonly name: string; readonly path: ManifestPath }[];
  /** `default` where none is named. */
  readonly serviceAccountName: string;
  /** There may be more pull secrets than can be read. */
  readonly isOpen: boolean;
}

/** A Secret with credentials for registries, or a SealedSecret or ExternalSecret that becomes one. */
export interface PullSecretFact extends FactBase {
  readonly type: 'pullSecret';
  readonly secretName: string;
}

/** An object by which the cluster decides what it admits. Cluster-wide. */
export interface AdmissionPolicyFact extends FactBase {
  readonly type: 'admissionPolicy';
  /** It looks at images, or may. */
  readonly judgesImages: boolean;
  /** It verifies signatures, or may. */
  readonly verifiesSignatures: boolean;
}

export type Fact =
  | WorkloadFact
  | NetworkPolicyFact
  | NamespaceFact
  | RoleBindingFact
  | ServiceAccountFact
  | ConfigSourceFact
  | ConfigReferenceFact
  | ResourceQuotaFact
  | LimitRangeFact
  | ScalableFact
  | PodPortsFact
  | ServiceFact
  | DisruptionBudgetFact
  | AutoscalerFact
  | ImagePullFact
  | PullSecretFact
  | AdmissionPolicyFact;
export type FactType = Fact['type'];
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

/**
 * The key a fact is filed under: its namespace for namespaced kinds, `''` for cluster-wide ones, the name itself for a
 * Namespace. A judgement that reads (type, key) is repeated only when a fact of that type and key changes.
 */
export type FactKey = string;

/** A fact of any type together with the document that it came from. */
export interface FactSource {
  readonly fact: Fact;
  readonly uri: string;
  /** Zero-based position of the document in its file, as of now. */
  readonly documentIndex: number;
}

export interface FiledFact<T extends FactType = FactType> extends FactSource {
  readonly fact: FactOf<T>;
}

/** Read access to the workspace's facts; reads are recorded by the engine. */
export interface FactReader {
  read<T extends FactType>(type: T, key: FactKey): readonly FiledFact<T>[];
}
