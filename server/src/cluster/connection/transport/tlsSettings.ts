import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import type { ClientCertificate } from '../credentials/requestCredentials.ts';
import type { KubeconfigCluster } from '../kubeconfig/kubeconfig.ts';
import { type Sentence, sentence } from '../sentence.ts';
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
  try {
    return tls.createSecureContext({
      ca: authority ?? systemAuthorities(),
      // Go takes any certificate of the file for a root, an intermediate one too.
      allowPartialTrustChain: true,
      ...(client === undefined ? {} : { cert: client.certificate.reveal(), key: client.key.reveal() }),
    });
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
