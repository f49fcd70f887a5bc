/**
 * The fields that Kubernetes knows at the places of a pod where security is decided (kubernetes
 * staging/src/k8s.io/api/core/v1/types.go, 1.37, alpha fields included).
 */
export type FieldPlace = keyof typeof knownFields;

const profile = ['type', 'localhostProfile'] as const;
const object = ['apiVersion', 'kind', 'metadata'] as const;

export const knownFields = {
  podSpec: [
    ...['volumes', 'initContainers', 'containers', 'ephemeralContainers', 'restartPolicy', 'dnsPolicy', 'dnsConfig'],
    ...['terminationGracePeriodSeconds', 'activeDeadlineSeconds', 'nodeSelector', 'nodeName', 'serviceAccountName'],
    ...['serviceAccount', 'automountServiceAccountToken', 'hostNetwork', 'hostPID', 'hostIPC', 'hostUsers'],
    ...['shareProcessNamespace', 'securityContext', 'imagePullSecrets', 'hostname', 'subdomain', 'affinity'],
    ...['schedulerName', 'tolerations', 'hostAliases', 'priorityClassName', 'priority', 'readinessGates', 'os'],
    ...['runtimeClassName', 'enableServiceLinks', 'preemptionPolicy', 'overhead', 'topologySpreadConstraints'],
    ...['setHostnameAsFQDN', 'schedulingGates', 'resourceClaims', 'resources', 'hostnameOverride', 'workloadRef'],
    ...['schedulingGroup', 'evictionResponders'],
    // Knative's RevisionSpec stands in the same place and embeds a pod spec.
    ...['containerConcurrency', 'timeoutSeconds', 'responseStartTimeoutSeconds', 'idleTimeoutSeconds'],
  ],
  container: [
    ...['name', 'image', 'command', 'args', 'workingDir', 'ports', 'env', 'envFrom', 'resources', 'resizePolicy'],
    ...['restartPolicy', 'restartPolicyRules', 'volumeMounts', 'volumeDevices', 'livenessProbe', 'readinessProbe'],
    ...['startupProbe', 'lifecycle', 'terminationMessagePath', 'terminationMessagePolicy', 'imagePullPolicy'],
    ...['securityContext', 'stdin', 'stdinOnce', 'tty', 'targetContainerName'],
  ],
  podSecurityContext: [
    ...['seLinuxOptions', 'seLinuxChangePolicy', 'windowsOptions', 'runAsUser', 'runAsGroup', 'runAsNonRoot'],
    ...['supplementalGroups', 'supplementalGroupsPolicy', 'fsGroup', 'fsGroupChangePolicy', 'sysctls'],
    ...['seccompProfile', 'appArmorProfile'],
  ],
  securityContext: [
    ...['capabilities', 'privileged', 'seLinuxOptions', 'windowsOptions', 'runAsUser', 'runAsGroup', 'runAsNonRoot'],
    ...['readOnlyRootFilesystem', 'allowPrivilegeEscalation', 'procMount', 'seccompProfile', 'appArmorProfile'],
  ],
  capabilities: ['add', 'drop'],
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: ['user', 'role', 'type', 'level'],
  windowsOptions: ['gmsaCredentialSpecName', 'gmsaCredentialSpec', 'runAsUserName', 'hostProcess'],
  volume: [
    ...['name', 'hostPath', 'emptyDir', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'secret', 'nfs'],
    ...['iscsi', 'glusterfs', 'persistentVolumeClaim', 'rbd', 'flexVolume', 'cinder', 'cephfs', 'flocker'],
    ...['downwardAPI', 'fc', 'azureFile', 'configMap', 'vsphereVolume', 'quobyte', 'azureDisk', 'projected'],
    ...['photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos', 'csi', 'ephemeral', 'image'],
  ],
  serviceAccount: [...object, 'secrets', 'imagePullSecrets', 'automountServiceAccountToken'],
  secret: [...object, 'immutable', 'data', 'stringData', 'type'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const podPlaces: readonly FieldPlace[] = [
  ...(['podSpec', 'container', 'podSecurityContext', 'securityContext', 'capabilities', 'seccompProfile'] as const),
  ...(['seLinuxOptions', 'windowsOptions', 'volume'] as const),
];

/** Known somewhere in a pod, so that at another place it is misplaced rather than misspelt. */
export const fieldsOfPods: ReadonlySet<string> = new Set(podPlaces.flatMap((place) => [...knownFields[place]]));
