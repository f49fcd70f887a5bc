import { connect as connectPlain, isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Seen, TlsProbe } from '../../../kubernetes/index.ts';
import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { Environment } from '../environment.ts';
import type { KubeconfigContext } from '../kubeconfig/kubeconfig.ts';
import { chooseProxy, hostOf, portOf } from '../proxy/chooseProxy.ts';
import { openTunnel } from '../proxy/openTunnel.ts';
import { proxyTlsFor, readAuthority } from './tlsSettings.ts';

/**
 * Shakes hands with the API server of a context, once as usual and once for each protocol that should no longer be
 * spoken. No credentials are sent and nothing is asked. Never rejects.
 *
 * @param timeoutMs for each handshake
 */
export async function probeTls(
  { cluster }: KubeconfigContext,
  environment: Environment,
  signal: AbortSignal,
  timeoutMs = 10_000,
): Promise<Seen<TlsProbe>> {
  if (cluster?.server.startsWith('https:') !== true)
    return failed(sentence('The server of the kubeconfig is no https URL.'));
  const url = new URL(cluster.server);
  const [host, port] = [hostOf(url), portOf(url)];
  const proxy = chooseProxy(url, cluster.proxyUrl, environment);
  if (proxy === 'unusable') return failed(sentence('The proxy of the kubeconfig cannot be used.'));
  const serverName = cluster.tlsServerName ?? host;
  const authority = await readAuthority(cluster);
  const proxyTls =
    proxy?.kind === 'https'
      ? proxyTlsFor(typeof authority === 'string' ? authority : undefined, !cluster.skipsTlsVerification)
      : undefined;
  const open = async () =>
    proxy === undefined ? connectPlain({ host, port }) : openTunnel(proxy, { host, port }, timeoutMs, proxyTls);
  const greet = (options: tls.ConnectionOptions) => handshake(open, { ...options, serverName }, timeoutMs, signal);

  const [usual, ...old] = await Promise.all([greet({}), ...oldProtocols.map((version) => greet(only(version)))]);
  if (usual === undefined) return failed(sentence('No TLS handshake with the API server could be made.'));
  return {
    kind: 'seen',
    value: {
      acceptedOldProtocols: oldProtocols.filter((_, index) => old[index] !== undefined),
      certificateExpires: usual.validTo,
      keyBits: usual.keyBits,
      address: proxy === undefined ? usual.address : undefined,
    },
  };
}

const oldProtocols = ['TLSv1', 'TLSv1.1'] as const;

/** OpenSSL speaks them only at its lowest security level, which BoringSSL (in Electron) does not know and does not need. */
function only(version: (typeof oldProtocols)[number]): tls.ConnectionOptions {
  const versions = { minVersion: version, maxVersion: version };
  return 'electron' in process.versions ? versions : { ...versions, ciphers: 'DEFAULT:@SECLEVEL=0' };
}

interface Shaken {
  readonly validTo: string | undefined;
  readonly keyBits: number | undefined;
  readonly address: string | undefined;
}

/** Undefined where none came about. */
async function handshake(
  open: () => Promise<Socket>,
  { serverName, ...options }: tls.ConnectionOptions & { serverName: string },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Shaken | undefined> {
  let secured: tls.TLSSocket;
  try {
    const servername = isIP(serverName) === 0 ? { servername: serverName } : {};
    // Whose certificate it is has been checked where credentials are sent; here it is only looked at.
    secured = tls.connect({ ...options, ...servername, socket: await open(), rejectUnauthorized: false });
  } catch {
    return undefined;
  }
  return new Promise((resolve) => {
    const finish = (shaken: Shaken | undefined) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      secured.destroy();
      resolve(shaken);
    };
    const onAbort = () => finish(undefined);
    const timer = setTimeout(onAbort, timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    secured.on('error', () => finish(undefined));
    secured.once('close', () => finish(undefined));
    secured.once('secureConnect', () => {
      const { valid_to: validTo, bits } = secured.getPeerCertificate();
      const time = Date.parse(validTo ?? '');
      finish({
        validTo: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
        keyBits: bits,
        address: secured.remoteAddress,
      });
    });
  });
}

function failed(reason: Sentence): Seen<TlsProbe> {
  return { kind: 'unseen', cause: 'failed', reason };
}
