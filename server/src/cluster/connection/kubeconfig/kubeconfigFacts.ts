import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { KubeconfigFacts } from '../../../kubernetes/index.ts';
import { clientCertificateFacts } from '../credentials/clientCertificateFacts.ts';
import type { Environment } from '../environment.ts';
import type { KubeconfigContext, KubeconfigUser } from './kubeconfig.ts';
import { homeFolder } from './kubeconfigPaths.ts';

/** What a context says of how its user signs in, for those who judge the kubeconfig. Files are looked at, no plugin is started. */
export async function kubeconfigFacts(
  { cluster, user, file: contextFile }: KubeconfigContext,
  environment: Environment,
): Promise<KubeconfigFacts> {
  const file = user?.file ?? contextFile;
  const home = homeFolder(environment) + sep;
  const validTo = (await clientCertificateFacts(user))?.validTo;
  return {
    path: file.startsWith(home) ? `~${sep}${file.slice(home.length)}` : file,
    server: cluster?.server ?? '',
    skipsTlsVerification: cluster?.skipsTlsVerification ?? false,
    authentication: authenticationOf(user),
    clientCertificateExpires: validTo === undefined ? undefined : new Date(validTo).toISOString(),
    fileMode: await permissionBits(file),
    execCommand: user?.exec?.written,
    impersonates: user?.impersonation !== undefined,
  };
}

/** Which of several ways counts: what the client refuses, then what the API server looks at first, then what client-go sends. */
function authenticationOf(user: KubeconfigUser | undefined): KubeconfigFacts['authentication'] {
  if (user === undefined) return 'none';
  if (user.authProvider !== undefined) return 'auth-provider';
  if (user.hasBasicAuthentication) return 'basic';
  if (user.clientCertificate !== undefined) return 'client-certificate';
  if (user.tokenFile !== undefined) return 'token-file';
  if (user.token !== undefined) return 'token';
  return user.exec === undefined ? 'none' : 'exec';
}

async function permissionBits(file: string): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  return stat(file).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );
}
