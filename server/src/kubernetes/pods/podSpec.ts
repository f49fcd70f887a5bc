import type { ManifestNode } from '../../manifest/index.ts';
import type { Resource } from '../resources/resource.ts';

export type ContainerKind = 'container' | 'initContainer' | 'ephemeralContainer';

/** Fields of a container's securityContext that fall back to the pod's. Everything else is container-only. */
export type InheritedSecurityField =
  | 'runAsUser'
  | 'runAsGroup'
  | 'runAsNonRoot'
  | 'seLinuxOptions'
  | 'seccompProfile'
  | 'appArmorProfile'
  | 'windowsOptions';

/** A value and where it came from; `node` is missing (the container's own place) when neither level sets it. */
export interface EffectiveValue {
  readonly node: ManifestNode;
  readonly origin: 'container' | 'pod' | 'unset';
}

/** A pod spec wherever it stands: a Pod, a workload's template, a CronJob's, a custom resource's. */
export interface PodSpec {
  readonly resource: Resource;
  /** The `spec` of the pod itself. */
  readonly node: ManifestNode;
  /** The pod's metadata (labels, annotations), beside `spec`. */
  readonly metadata: ManifestNode;
  readonly securityContext: ManifestNode;
  /** init, regular and ephemeral containers, in that order. */
  readonly containers: readonly Container[];
  /** `spec.os.name`, '' when not set. */
  readonly osName: string;
}

export interface Container {
  readonly podSpec: PodSpec;
  readonly kind: ContainerKind;
  readonly node: ManifestNode;
  /** Name for messages; `'containers[0]'`-like when it has none. */
  readonly name: string;
  readonly securityContext: ManifestNode;
  /** Container value, else pod value (both nodes as Kubernetes merges them). */
  effective(field: InheritedSecurityField): EffectiveValue;
}
