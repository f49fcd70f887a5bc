import { anonymousAuth } from './api-server/anonymousAuth.ts';
import { auditLogging } from './api-server/auditLogging.ts';
import { authorization } from './api-server/authorization.ts';
import type { ClusterCheck } from './clusterCheck.ts';
import { encryptionAtRest } from './etcd/encryptionAtRest.ts';
import { tagDrift } from './image/tagDrift.ts';
import { ownKubeconfig } from './kubeconfig/ownKubeconfig.ts';
import { monitoringCapabilities } from './monitoring/capabilities.ts';
import { deadPolicies } from './network/deadPolicies.ts';
import { policyCoverage } from './network/policyCoverage.ts';
import { policyEnforcement } from './network/policyEnforcement.ts';
import { anonymousGrants } from './rbac/anonymousGrants.ts';
import { clusterAdmins } from './rbac/clusterAdmins.ts';
import { podPower } from './rbac/podPower.ts';
import { deprecatedApis } from './upgrade/deprecatedApis.ts';
import { supportedVersion } from './upgrade/supportedVersion.ts';
import { versionSkew } from './upgrade/versionSkew.ts';

/** Every check of a running cluster, by chapter in the order of the guide. */
export const clusterChecks: readonly ClusterCheck[] = [
  anonymousAuth,
  auditLogging,
  authorization,
  ownKubeconfig,
  clusterAdmins,
  podPower,
  anonymousGrants,
  policyCoverage,
  policyEnforcement,
  deadPolicies,
  encryptionAtRest,
  tagDrift,
  ...monitoringCapabilities,
  supportedVersion,
  versionSkew,
  deprecatedApis,
];
