import type { ManifestNode } from '../../manifest/index.ts';
import type { PodSpec } from '../pods/podSpec.ts';
import type { KubernetesVersion } from '../releases/version.ts';
import type { FieldPlace } from './knownFields.ts';
import { fieldMaps } from './securityMaps.ts';

/** A field that the API server drops without a word while a feature gate is off. */
export interface GatedField {
  readonly node: ManifestNode;
  readonly field: string;
  readonly gate: string;
  /** The first minor version in which the gate is on by default; undefined if it is off in the newest. */
  readonly keptFrom: number | undefined;
  /** Whoever sets it means to harden the pod. */
  readonly isSecurity: boolean;
}

interface Gate {
  readonly name: string;
  readonly keptFrom?: number;
  readonly isSecurity?: boolean;
  /** `Place.field`. */
  readonly fields: readonly `${FieldPlace}.${string}`[];
  /** Values that say no more than a dropped field does. */
  readonly withoutEffect?: (value: ManifestNode) => boolean;
}

/** kubernetes pkg/api/pod/util.go, dropDisabledFields; the defaults of the gates from pkg/features/kube_features.go, 1.37. */
const gates: readonly Gate[] = [
  {
    name: 'UserNamespacesSupport',
    keptFrom: 33,
    isSecurity: true,
    fields: ['PodSpec.hostUsers'],
    withoutEffect: (value) => value.boolean === true,
  },
  {
    name: 'SupplementalGroupsPolicy',
    keptFrom: 33,
    isSecurity: true,
    fields: ['PodSecurityContext.supplementalGroupsPolicy'],
    withoutEffect: (value) => value.string === 'Merge',
  },
  { name: 'SELinuxChangePolicy', keptFrom: 33, fields: ['PodSecurityContext.seLinuxChangePolicy'] },
  {
    name: 'ProcMountType',
    keptFrom: 33,
    fields: ['SecurityContext.procMount'],
    withoutEffect: (value) => value.string === 'Default',
  },
  { name: 'InPlacePodVerticalScaling', keptFrom: 33, fields: ['Container.resizePolicy'] },
  {
    name: 'RecursiveReadOnlyMounts',
    keptFrom: 31,
    isSecurity: true,
    fields: ['VolumeMount.recursiveReadOnly'],
    withoutEffect: (value) => value.string === 'Disabled',
  },
  { name: 'PodLevelResources', keptFrom: 34, fields: ['PodSpec.resources'] },
  { name: 'DynamicResourceAllocation', keptFrom: 34, fields: ['PodSpec.resourceClaims'] },
  { name: 'ImageVolume', keptFrom: 35, fields: ['Volume.image'] },
  { name: 'HostnameOverride', keptFrom: 35, fields: ['PodSpec.hostnameOverride'] },
  {
    name: 'ContainerRestartRules',
    keptFrom: 35,
    fields: ['Container.restartPolicyRules', 'Container.restartPolicy'],
    // `Always` makes a sidecar of an init container, which another gate decides about.
    withoutEffect: (value) => value.string === 'Always' && value.path.includes('initContainers'),
  },
  { name: 'EnvFiles', keptFrom: 35, fields: ['EnvVarSource.fileKeyRef'] },
  { name: 'PodCertificateRequest', keptFrom: 37, isSecurity: true, fields: ['VolumeProjection.podCertificate'] },
  {
    name: 'ClusterTrustBundleProjection',
    keptFrom: 37,
    isSecurity: true,
    fields: ['VolumeProjection.clusterTrustBundle'],
  },
  { name: 'EmptyDirVolumeMode', isSecurity: true, fields: ['EmptyDirVolumeSource.mode'] },
  {
    name: 'AtomicWriteVolumeUserFields',
    isSecurity: true,
    fields: [
      'SecretVolumeSource.defaultUser',
      'ConfigMapVolumeSource.defaultUser',
      'DownwardAPIVolumeSource.defaultUser',
      'ProjectedVolumeSource.defaultUser',
      'KeyToPath.user',
      'DownwardAPIVolumeFile.user',
      'ServiceAccountTokenProjection.user',
      'ClusterTrustBundleProjection.user',
      'PodCertificateProjection.user',
    ],
  },
  { name: 'VolumeBindMountOptions', isSecurity: true, fields: ['VolumeMount.bindMountOptions'] },
  { name: 'ContainerStopSignals', fields: ['Lifecycle.stopSignal'] },
  { name: 'GRPCContainerProbeTLS', fields: ['GRPCAction.mode'] },
  { name: 'H2CContainerProbe', fields: ['HTTPGetAction.protocol'] },
  { name: 'GenericWorkload', fields: ['PodSpec.schedulingGroup'] },
  { name: 'EvictionRequestAPI', fields: ['PodSpec.evictionResponders'] },
];

const gateOfField: ReadonlyMap<string, Gate> = new Map(
  gates.flatMap((gate) => gate.fields.map((field) => [field, gate] as const)),
);

/**
 * The fields of a pod that a version drops unless their gate was switched on.
 *
 * @param switchedOn names of the feature gates that the cluster has on
 */
export function droppedFields(
  podSpec: PodSpec,
  version: KubernetesVersion,
  switchedOn: readonly string[],
): readonly GatedField[] {
  return fieldMaps(podSpec).flatMap(({ place, node }) =>
    node.entries().flatMap(({ key, value }) => {
      const gate = gateOfField.get(`${place === 'EphemeralContainer' ? 'Container' : place}.${key}`);
      if (gate === undefined || !value.isKnown || isOn(gate, version, switchedOn)) return [];
      if (gate.withoutEffect?.(value) === true) return [];
      const { name, keptFrom, isSecurity = false } = gate;
      return [{ node: value, field: key, gate: name, keptFrom, isSecurity }];
    }),
  );
}

function isOn(gate: Gate, version: KubernetesVersion, switchedOn: readonly string[]): boolean {
  return (gate.keptFrom !== undefined && version.minor >= gate.keptFrom) || switchedOn.includes(gate.name);
}
