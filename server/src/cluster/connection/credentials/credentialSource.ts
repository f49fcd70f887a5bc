import type { CredentialTrouble } from '../clusterAnswer.ts';
import type { KubeconfigCluster, KubeconfigUser } from '../kubeconfig/kubeconfig.ts';
import { fileCredentials } from './fileCredentials.ts';
import { type PluginSurroundings, pluginCredentials } from './pluginCredentials.ts';
import type { CredentialSource } from './requestCredentials.ts';

/** Which way a user of the kubeconfig signs in. As in client-go, a static token goes before a plugin. */
export function credentialSource(
  user: KubeconfigUser,
  cluster: KubeconfigCluster,
  surroundings: PluginSurroundings,
): CredentialSource {
  if (user.authProvider !== undefined) {
    return failing({ kind: 'unsupported', method: 'authProvider', name: user.authProvider });
  }
  if (user.hasBasicAuthentication) return failing({ kind: 'unsupported', method: 'basic', name: '' });
  const isStatic = user.token !== undefined || user.tokenFile !== undefined;
  return user.exec === undefined || isStatic
    ? fileCredentials(user)
    : pluginCredentials(user.exec, cluster, surroundings);
}

function failing(trouble: CredentialTrouble): CredentialSource {
  return { get: async () => trouble, reject: () => false, close() {} };
}
