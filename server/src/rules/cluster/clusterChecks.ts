import { anonymousAuth } from './api-server/anonymousAuth.ts';
import { auditLogging } from './api-server/auditLogging.ts';
import { authorization } from './api-server/authorization.ts';
import type { ClusterCheck } from './clusterCheck.ts';
import { encryptionAtRest } from './etcd/encryptionAtRest.ts';
import { ownKubeconfig } from './kubeconfig/ownKubeconfig.ts';
import { supportedVersion } from './upgrade/supportedVersion.ts';

/** Every check of a running cluster, by chapter in the order of the guide. */
export const clusterChecks: readonly ClusterCheck[] = [
  anonymousAuth,
  auditLogging,
  authorization,
  ownKubeconfig,
  encryptionAtRest,
  supportedVersion,
];
