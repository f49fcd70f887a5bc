// The door of the room that speaks to a live cluster.

export type { ClusterSnapshot, CollectedObjects, ReadList } from './collection/clusterSnapshot.ts';
export { collectCluster, type ScanOutcome, type ScanProgress, type ScanRequest } from './collection/collectCluster.ts';
export type * from './connection/clusterAnswer.ts';
export type * from './connection/clusterClient.ts';
export { type ClientTiming, type ClusterClientOptions, createClusterClient } from './connection/createClusterClient.ts';
export {
  type ClientCertificateFacts,
  clientCertificateFacts,
} from './connection/credentials/clientCertificateFacts.ts';
export {
  createPluginPermissions,
  type PluginPermissions,
  type PluginQuestion,
} from './connection/credentials/pluginPermissions.ts';
export type * from './connection/kubeconfig/kubeconfig.ts';
export { kubeconfigFacts } from './connection/kubeconfig/kubeconfigFacts.ts';
export { type KubeconfigPlace, readKubeconfig } from './connection/kubeconfig/readKubeconfig.ts';
export { Secret } from './connection/secret.ts';
export { probeTls } from './connection/transport/probeTls.ts';
export { refusals, tlsProblems, troubleSentence } from './connection/troubleSentence.ts';
export { type JudgeSettings, judgeCluster, judgeClusterInSlices } from './judging/judgeCluster.ts';
export { minimalClusterRole } from './judging/minimalClusterRole.ts';
export { askingForMissing, missingPermissions } from './judging/missingPermissions.ts';
export { ChangeCount, type WatchTiming } from './objects/changeCount.ts';
export { dryRun } from './objects/dryRun.ts';
export { readObject } from './objects/readObject.ts';
export { whatIfPodSecurity } from './objects/whatIfPodSecurity.ts';
export { ClusterSessions, type SessionHost } from './process/clusterSessions.ts';
export { withoutMessage } from './process/withoutMessage.ts';
export * from './protocol/index.ts';
