import { deadWebhooks } from './admission/deadWebhooks.ts';
import { enforcedLevels } from './admission/enforcedLevels.ts';
import { nodeRestriction, podSecurityAdmission } from './api-server/admissionPlugins.ts';
import { anonymousAuth } from './api-server/anonymousAuth.ts';
import { auditLogging } from './api-server/auditLogging.ts';
import { authorization } from './api-server/authorization.ts';
import { clientCertificates } from './api-server/clientCertificates.ts';
import { identityProvider } from './api-server/identityProvider.ts';
import { publicAddress } from './api-server/publicAddress.ts';
import { apiServerReplicas } from './api-server/replicas.ts';
import { servingCertificate } from './api-server/servingCertificate.ts';
import { tlsProtocols } from './api-server/tlsProtocols.ts';
import type { ClusterCheck } from './clusterCheck.ts';
import { encryptionAtRest } from './etcd/encryptionAtRest.ts';
import { exposedEtcd } from './etcd/exposedEtcd.ts';
import { etcdMutualTls } from './etcd/mutualTls.ts';
import { admissionEnforced } from './image/admissionEnforced.ts';
import { criticalFlaws } from './image/criticalFlaws.ts';
import { imageSize } from './image/imageSize.ts';
import { runningDiffers } from './image/runningDiffers.ts';
import { tagDrift } from './image/tagDrift.ts';
import { ownKubeconfig } from './kubeconfig/ownKubeconfig.ts';
import { kubeletChecks } from './kubelet/kubeletChecks.ts';
import { monitoringCapabilities } from './monitoring/capabilities.ts';
import { exposedDashboards } from './monitoring/exposedDashboards.ts';
import { resourceMetrics } from './monitoring/resourceMetrics.ts';
import { deadPolicies } from './network/deadPolicies.ts';
import { policyCoverage } from './network/policyCoverage.ts';
import { policyEnforcement } from './network/policyEnforcement.ts';
import { notEvaluated } from './notEvaluated.ts';
import { anonymousGrants } from './rbac/anonymousGrants.ts';
import { clusterAdmins } from './rbac/clusterAdmins.ts';
import { defaultServiceAccount } from './rbac/defaultServiceAccount.ts';
import { longLivedTokens } from './rbac/longLivedTokens.ts';
import { podPower } from './rbac/podPower.ts';
import { appliedSecrets } from './secrets/appliedSecrets.ts';
import { secretAge } from './secrets/secretAge.ts';
import { deprecatedApis } from './upgrade/deprecatedApis.ts';
import { helmCharts } from './upgrade/helmCharts.ts';
import { helmReleases } from './upgrade/helmReleases.ts';
import { nodeSoftware } from './upgrade/nodeSoftware.ts';
import { nodeUpdates } from './upgrade/nodeUpdates.ts';
import { supportedVersion } from './upgrade/supportedVersion.ts';
import { versionSkew } from './upgrade/versionSkew.ts';

/** Every check of a running cluster, by chapter in the order of the guide. */
export const clusterChecks: readonly ClusterCheck[] = [
  anonymousAuth,
  auditLogging,
  authorization,
  clientCertificates,
  identityProvider,
  tlsProtocols,
  servingCertificate,
  nodeRestriction,
  podSecurityAdmission,
  apiServerReplicas,
  publicAddress,
  ...kubeletChecks,
  ownKubeconfig,
  clusterAdmins,
  podPower,
  anonymousGrants,
  defaultServiceAccount,
  longLivedTokens,
  appliedSecrets,
  secretAge,
  policyCoverage,
  policyEnforcement,
  deadPolicies,
  encryptionAtRest,
  etcdMutualTls,
  exposedEtcd,
  admissionEnforced,
  tagDrift,
  runningDiffers,
  imageSize,
  criticalFlaws,
  ...monitoringCapabilities,
  resourceMetrics,
  exposedDashboards,
  supportedVersion,
  versionSkew,
  deprecatedApis,
  nodeSoftware,
  nodeUpdates,
  helmCharts,
  helmReleases,
  enforcedLevels,
  deadWebhooks,
  notEvaluated,
];
