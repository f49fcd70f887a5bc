import { Agent, type AgentOptions } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, checkServerIdentity, connect as connectTls, type SecureContext } from 'node:tls';
import type { ProxyServer } from '../proxy/chooseProxy.ts';
import { openTunnel, type ProxyTls } from '../proxy/openTunnel.ts';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** Undefined speaks plain HTTP. */
  readonly tls: TlsSettings | undefined;
  readonly proxy: ProxyServer | undefined;
  /** There with an HTTPS proxy. */
  readonly proxyTls: ProxyTls | undefined;
  /** For the way through a proxy; the direct way is part of what a request waits for. */
  readonly tunnelTimeoutMs: number;
}

export interface TlsSettings {
  /** Holds the authorities and the client certificate. */
  readonly context: SecureContext;
  /** The name that the certificate must be made out to, also sent as SNI: `tls-server-name`, else the host. */
  readonly serverName: string;
  readonly isVerified: boolean;
}

/** A quiet watch must not be forgotten by what stands between, and must notice when it was. */
const keepAliveMs = 30_000;

/**
 * Kept-alive connections to one server with one client certificate. An agent of `http` in both cases: it takes any
 * stream for a connection, so that TLS, a tunnel and both together are one way of opening it.
 */
export class ConnectionPool extends Agent {
  readonly #server: ServerAddress;
  readonly #onOpen: () => void;

  constructor(server: ServerAddress, maxSockets: number, onOpen: () => void) {
    const options: AgentOptions = { keepAlive: true, keepAliveMsecs: keepAliveMs, maxSockets, scheduling: 'lifo' };
    super(options);
    this.#server = server;
    this.#onOpen = onOpen;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    this.#onOpen();
    const { host, port, proxy, proxyTls, tunnelTimeoutMs } = this.#server;
    if (proxy === undefined) return this.#secured({ host, port }, () => connect({ host, port }));
    const failed = (error: Error) => (callback as ((error: Error) => void) | undefined)?.(error);
    openTunnel(proxy, { host, port }, tunnelTimeoutMs, proxyTls)
      .then((socket) =>
        callback?.(
          null,
          this.#secured({ socket }, () => socket),
        ),
      )
      .catch(failed);
    return undefined;
  }

  #secured(way: ConnectionOptions, plain: () => Socket): Socket {
    const { tls } = this.#server;
    if (tls === undefined) return plain().setKeepAlive(true, keepAliveMs);
    const { serverName } = tls;
    return connectTls({
      ...way,
      secureContext: tls.context,
      ALPNProtocols: ['http/1.1'],
      // An address must not be sent as SNI (RFC 6066, section 3).
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
      // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED has no say.
      rejectUnauthorized: tls.isVerified,
      checkServerIdentity: (_host, certificate) => checkServerIdentity(serverName, certificate),
    }).setKeepAlive(true, keepAliveMs);
  }

  /** Lets running requests end and keeps no connection. */
  retire(): void {
    this.maxFreeSockets = 0;
    for (const sockets of Object.values(this.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }
}
