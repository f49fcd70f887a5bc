import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { ClientCertificate } from '../credentials/requestCredentials.ts';
import type { KubeconfigCluster } from '../kubeconfig/kubeconfig.ts';
import type { ProxyTls } from '../proxy/openTunnel.ts';
import { shownErrorCode } from '../shownErrorCode.ts';

/** PEM of the authorities that a cluster's kubeconfig entry names; undefined where it names none. */
export async function readAuthority({
  name,
  certificateAuthority,
}: KubeconfigCluster): Promise<string | undefined | Sentence> {
  if (certificateAuthority === undefined) return undefined;
  if (certificateAuthority.kind === 'inline') return certificateAuthority.pem.reveal();
  const { path } = certificateAuthority;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = shownErrorCode(error);
    return sentence('The certificate-authority {path} of cluster "{name}" cannot be read ({code}).', {
      path,
      name,
      code,
    });
  }
}

/**
 * Ready for many connections.
 * @returns the code of what is wrong with the authority, the client certificate or its key
 */
export function createContext(
  authority: string | undefined,
  client: ClientCertificate | undefined,
): tls.SecureContext | string {
  const certificate = client && { cert: client.certificate.reveal(), key: client.key.reveal() };
  return contextOf({ ca: authority ?? systemAuthorities(), ...certificate });
}

/**
 * For an HTTPS proxy: Go verifies it as it does the cluster, by the authority of the kubeconfig (net/http.Transport has one
 * set of TLS settings). The proxies of companies have certificates that the system knows, so that those count too. It is
 * shown no client certificate.
 */
export function proxyTlsFor(authority: string | undefined, isVerified: boolean): ProxyTls {
  const ofSystem = systemAuthorities();
  const both = authority === undefined ? ofSystem : [authority, ...(ofSystem ?? tls.rootCertificates)];
  const context = contextOf({ ca: both });
  // An authority that is none is said of the cluster.
  return { context: typeof context === 'string' ? tls.createSecureContext({ ca: ofSystem }) : context, isVerified };
}

function contextOf(options: tls.SecureContextOptions): tls.SecureContext | string {
  try {
    // Go takes any certificate of the file for a root, an intermediate one too.
    return tls.createSecureContext({ ...options, allowPartialTrustChain: true });
  } catch (error) {
    return shownErrorCode(error);
  }
}

let known: string[] | undefined;

/** Those of Node, `NODE_EXTRA_CA_CERTS` with them, and those of the system, which Go would ask. Older Nodes cannot tell. */
function systemAuthorities(): string[] | undefined {
  if (typeof tls.getCACertificates !== 'function') return undefined;
  known ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  return known;
}
