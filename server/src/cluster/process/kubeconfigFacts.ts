import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { sep } from 'node:path';
import type { KubeconfigFacts } from '../../kubernetes/index.ts';
import type { KubeconfigContext, KubeconfigUser } from '../connection/kubeconfig/kubeconfig.ts';

/** What a check may know of the user's own kubeconfig: nothing that is secret. */
export async function kubeconfigFacts(context: KubeconfigContext): Promise<KubeconfigFacts> {
  const { cluster, user } = context;
  const path = user?.file ?? context.file;
  return {
    path: shown(path),
    server: cluster?.server ?? '',
    skipsTlsVerification: cluster?.skipsTlsVerification === true,
    authentication: authenticationOf(user),
    clientCertificateExpires: await certificateExpires(user),
    fileMode: await modeOf(path),
    execCommand: user?.exec?.command,
    impersonates: user?.impersonation !== undefined,
  };
}

/** What client-go would use first of what is given. */
function authenticationOf(user: KubeconfigUser | undefined): KubeconfigFacts['authentication'] {
  if (user === undefined) return 'none';
  if (user.clientCertificate !== undefined) return 'client-certificate';
  if (user.tokenFile !== undefined) return 'token-file';
  if (user.token !== undefined) return 'token';
  if (user.exec !== undefined) return 'exec';
  if (user.authProvider !== undefined) return 'auth-provider';
  return user.hasBasicAuthentication ? 'basic' : 'none';
}

async function certificateExpires(user: KubeconfigUser | undefined): Promise<string | undefined> {
  const certificate = user?.clientCertificate;
  if (certificate === undefined) return undefined;
  try {
    const pem = certificate.kind === 'inline' ? certificate.pem.reveal() : await readFile(certificate.path, 'utf8');
    return new X509Certificate(pem).validToDate.toISOString();
  } catch {
    // What is wrong with it, the first request says.
    return undefined;
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    return (await stat(path)).mode & 0o777;
  } catch {
    return undefined;
  }
}

function shown(path: string): string {
  const home = homedir();
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
