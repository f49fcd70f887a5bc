import type { Argument, Sentence } from '../../sentences/index.ts';
import type { GroupKind, Resource, ResourceIdentity } from '../resources/resource.ts';
import type { Permission } from './permission.ts';
import type { RetiringWrite } from './retiringWrites.ts';
import type { SecretTrace } from './secretTraces.ts';

/**
 * What was read from a cluster, or why it was not. Judgements on a cluster have three outcomes, and the third one lives
 * from this: what could not be seen is never taken for absent.
 */
export type Seen<T> = SeenValue<T> | Unseen;

export interface SeenValue<T> {
  readonly kind: 'seen';
  readonly value: T;
  /** Only a part was read, and why: a sentence. What is not in `value` may still exist. */
  readonly incomplete?: Sentence;
}

export interface Unseen {
  readonly kind: 'unseen';
  /**
   * - `forbidden`: the user may not read it; `permission` would unlock it
   * - `absent`: this cluster does not offer it (an API group that is not installed, an endpoint of a later version)
   * - `failed`: it was tried, and the answer was no answer
   * - `notAsked`: reading it needs the user's word first (Secrets), or was left out of this scan
   */
  readonly cause: 'forbidden' | 'absent' | 'failed' | 'notAsked';
  /** A sentence for the user. */
  readonly reason: Sentence;
  /** Of what is forbidden, as it stands in the reason, so that several can be said in one sentence. */
  readonly what?: Argument;
  readonly permission?: Permission;
}

/** `GET /version`. */
export interface ServerVersion {
  /** As the server says it: `v1.37.2`, `v1.33.5-eks-113cf36`. */
  readonly gitVersion: string;
  readonly minor: number;
  /** Patch release; undefined where the version does not name one. */
  readonly patch: number | undefined;
  /** The minor that a newer binary behaves as (`--emulated-version`); the same as `minor` without emulation. */
  readonly emulatedMinor: number;
  /** `linux/amd64` */
  readonly platform: string;
}

/** HTTP status codes that a caller without credentials gets; undefined where there was no answer. */
export interface AnonymousProbe {
  readonly version: number | undefined;
  readonly api: number | undefined;
  readonly healthz: number | undefined;
}

/** What the handshake with the API server shows; protocols as Node names them (`TLSv1.2`). */
export interface TlsProbe {
  /** Protocols older than 1.2 that the server still accepts. */
  readonly acceptedOldProtocols: readonly ('TLSv1' | 'TLSv1.1')[];
  /** End of the server certificate's validity, ISO 8601. */
  readonly certificateExpires: string | undefined;
  readonly keyBits: number | undefined;
  /** IP address of the server; undefined where a proxy speaks to it. */
  readonly address: string | undefined;
}

/** One sample of `GET /metrics`. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** `GET /flagz`: all flags with their values, defaults included; confidential ones are redacted by the server. */
export type FlagValues = ReadonlyMap<string, string>;

/** Who the API server takes the user for (SelfSubjectReview). */
export interface ClusterUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** The user's own kubeconfig as far as it was used; no secret is in it. */
export interface KubeconfigFacts {
  /** Which file the user's entry stands in, as shown to the user (`~/.kube/config`). */
  readonly path: string;
  readonly server: string;
  readonly skipsTlsVerification: boolean;
  readonly authentication: 'client-certificate' | 'token' | 'token-file' | 'exec' | 'basic' | 'auth-provider' | 'none';
  /** End of the client certificate's validity, ISO 8601. */
  readonly clientCertificateExpires: string | undefined;
  /** Unix permission bits of the file, e.g. 0o600; undefined where there are none (Windows). */
  readonly fileMode: number | undefined;
  /** The exec plugin as written, e.g. `aws` or `./get-token.sh`. */
  readonly execCommand: string | undefined;
  readonly impersonates: boolean;
}

/** Pods that differ in nothing but their name: one controller, one template. */
export interface PodGroup {
  /** The top of the chain of owners (`Deployment`, not `ReplicaSet`); the pod itself where nobody owns it. */
  readonly controller: ResourceIdentity;
  /** One of the pods, as it runs: injected containers and volumes included. */
  readonly pod: Resource;
  readonly namespace: string;
  /** Those of `pod`; the others have the same but for the labels of one pod alone (`perPodLabels`). */
  readonly labels: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  /** How many are pending or running. */
  readonly count: number;
  readonly images: readonly RunningImage[];
}

/** What runs in one container of a pod group. */
export interface RunningImage {
  readonly container: string;
  /** As the template names it. */
  readonly reference: string;
  /** Digests (`sha256:...`) of what runs, one for each different one; empty while nothing runs. */
  readonly digests: readonly string[];
}

/** Everything that a check of a cluster may ask. Made by the cluster face; plain values in tests. */
export interface ClusterEvidence {
  /** ISO 8601. */
  readonly scannedAt: string;
  readonly kubeconfig: KubeconfigFacts;
  readonly user: Seen<ClusterUser>;
  readonly version: Seen<ServerVersion>;
  /** Names of all API groups that are served; `''` is the core group. */
  readonly apiGroups: Seen<ReadonlySet<string>>;
  readonly anonymous: Seen<AnonymousProbe>;
  readonly tls: Seen<TlsProbe>;
  readonly flags: Seen<FlagValues>;
  /** Only the metrics that {@link collectedMetrics} names. */
  readonly metrics: Seen<readonly MetricSample[]>;
  /** Pods that are pending or running. */
  readonly pods: Seen<readonly PodGroup[]>;
  /** Who has written what was read in API versions that have an end; one of a kind for each writer. */
  readonly retiringWrites: readonly RetiringWrite[];
  /** Of each Secret whose metadata was read; as complete as `resources('Secret')`. */
  readonly secretTraces: readonly SecretTrace[];
  /** The objects of a kind, server defaults taken out. Unseen with `absent` for a kind that is not served. */
  resources(kind: GroupKind): Seen<readonly Resource[]>;
}

/** The families of `GET /metrics` that are kept; what each proves is said where it is judged. */
export const collectedMetrics = [
  'apiserver_admission_controller_admission_duration_seconds_count',
  'apiserver_audit_event_total',
  'apiserver_authentication_config_controller_last_config_info',
  'apiserver_authorization_decisions_total',
  'apiserver_encryption_config_controller_last_config_info',
  'apiserver_requested_deprecated_apis',
  'apiserver_storage_transformation_operations_total',
] as const;
