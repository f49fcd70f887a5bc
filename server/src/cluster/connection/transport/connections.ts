import { type Sentence, sentence } from '../../../sentences/index.ts';
import type { ConnectionTrouble, CredentialTrouble } from '../clusterAnswer.ts';
import type { ClientCertificate } from '../credentials/requestCredentials.ts';
import type { Environment } from '../environment.ts';
import type { KubeconfigCluster } from '../kubeconfig/kubeconfig.ts';
import { chooseProxy, hostOf, type ProxyServer, portOf } from '../proxy/chooseProxy.ts';
import { ConnectionPool } from './connectionPool.ts';
import { createContext, proxyTlsFor, readAuthority } from './tlsSettings.ts';

export interface Pools {
  /** At most six connections; the one of anonymous requests is apart from them. */
  readonly requests: ConnectionPool;
  /** Each watch holds a connection for minutes, so lists must not queue behind them. */
  readonly watches: ConnectionPool;
}

export type PoolsTrouble =
  | { readonly outcome: 'unreachable'; readonly trouble: ConnectionTrouble }
  | { readonly outcome: 'credentials'; readonly trouble: CredentialTrouble };

const maxRequestSockets = 6;
/** How many watches may run at once. */
export const maxWatchSockets = 16;

/** The connections to one API server, a set for each client certificate. */
export class Connections {
  readonly #cluster: KubeconfigCluster;
  readonly #url: URL;
  readonly #proxy: ProxyServer | 'unusable' | undefined;
  readonly #tunnelTimeoutMs: number;
  readonly #onOpen: () => void;
  #authority: Promise<string | undefined | Sentence> | undefined;
  #current: { readonly certificate: ClientCertificate | undefined; readonly pools: Pools } | undefined;
  #anonymous: Pools | undefined;

  /** @param cluster one whose server is a URL */
  constructor(cluster: KubeconfigCluster, environment: Environment, tunnelTimeoutMs: number, onOpen: () => void) {
    this.#cluster = cluster;
    this.#url = new URL(cluster.server);
    this.#proxy = chooseProxy(this.#url, cluster.proxyUrl, environment);
    this.#tunnelTimeoutMs = tunnelTimeoutMs;
    this.#onOpen = onOpen;
  }

  /** PEM of the authorities that the kubeconfig names; undefined where it names none or they cannot be read. */
  async certificateAuthority(): Promise<string | undefined> {
    const authority = await this.#readAuthority();
    return typeof authority === 'string' ? authority : undefined;
  }

  async anonymous(): Promise<Pools | PoolsTrouble> {
    if (this.#anonymous !== undefined) return this.#anonymous;
    const opened = await this.#open(undefined, 1);
    if (isPools(opened)) this.#anonymous ??= opened;
    return this.#anonymous ?? opened;
  }

  async authenticated(certificate: ClientCertificate | undefined): Promise<Pools | PoolsTrouble> {
    const before = this.#current;
    if (before !== undefined && before.certificate === certificate) return before.pools;
    const opened = await this.#open(certificate, maxRequestSockets);
    // Others may have come here while the authority was being read; one set serves them all.
    if (this.#current !== undefined && this.#current.certificate === certificate) return this.#current.pools;
    if (!isPools(opened)) return opened;
    if (this.#current !== undefined) for (const pool of poolsOf(this.#current.pools)) pool.retire();
    this.#current = { certificate, pools: opened };
    return opened;
  }

  close(): void {
    for (const pools of [this.#current?.pools, this.#anonymous]) {
      if (pools !== undefined) for (const pool of poolsOf(pools)) pool.destroy();
    }
  }

  async #open(certificate: ClientCertificate | undefined, maxSockets: number): Promise<Pools | PoolsTrouble> {
    const proxy = this.#proxy;
    const { name } = this.#cluster;
    if (proxy === 'unusable') {
      return configuration(
        sentence('The proxy for cluster "{name}" is no URL of an HTTP, HTTPS or SOCKS 5 proxy.', { name }),
      );
    }
    const [host, port] = [hostOf(this.#url), portOf(this.#url)];
    const authority = await this.#readAuthority();
    if (typeof authority === 'object') return configuration(authority);
    const isVerified = !this.#cluster.skipsTlsVerification;
    const proxyTls = proxy?.kind === 'https' ? proxyTlsFor(authority, isVerified) : undefined;
    const server = { host, port, proxy, proxyTls, tunnelTimeoutMs: this.#tunnelTimeoutMs };
    if (this.#url.protocol === 'http:') return this.#pools({ ...server, tls: undefined }, maxSockets);
    const plain = createContext(authority, undefined);
    if (typeof plain === 'string' || authority?.includes('-----BEGIN') === false) {
      return configuration(
        sentence('The certificate-authority of cluster "{name}" holds no certificate in PEM.', { name }),
      );
    }
    const context = certificate === undefined ? plain : createContext(authority, certificate);
    if (typeof context === 'string') {
      return { outcome: 'credentials', trouble: { kind: 'certificate', detail: context } };
    }
    const tls = {
      context,
      serverName: this.#cluster.tlsServerName ?? host,
      isVerified,
    };
    return this.#pools({ ...server, tls }, maxSockets);
  }

  #pools(server: ConstructorParameters<typeof ConnectionPool>[0], maxSockets: number): Pools {
    return {
      requests: new ConnectionPool(server, maxSockets, this.#onOpen),
      watches: new ConnectionPool(server, maxWatchSockets, this.#onOpen),
    };
  }

  #readAuthority(): Promise<string | undefined | Sentence> {
    this.#authority ??= readAuthority(this.#cluster);
    return this.#authority;
  }
}

export function isPools(opened: Pools | PoolsTrouble): opened is Pools {
  return 'requests' in opened;
}

function poolsOf({ requests, watches }: Pools): readonly ConnectionPool[] {
  return [requests, watches];
}

function configuration(problem: Sentence): PoolsTrouble {
  return { outcome: 'unreachable', trouble: { kind: 'configuration', problem } };
}
