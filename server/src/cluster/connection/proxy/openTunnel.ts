import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { checkServerIdentity, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import type { TlsProblem } from '../clusterAnswer.ts';
import { shownErrorCode } from '../shownErrorCode.ts';
import { tlsProblem } from '../transport/tlsProblem.ts';
import type { ProxyServer } from './chooseProxy.ts';
import { socksHandshake } from './socksHandshake.ts';

/** The proxy is what does not work, not the server behind it. */
export class ProxyError extends Error {
  readonly proxy: ProxyServer;

  constructor(proxy: ProxyServer, detail: string) {
    super(detail);
    this.proxy = proxy;
  }
}

export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** How an HTTPS proxy is met. */
export interface ProxyTls {
  readonly context: SecureContext;
  readonly isVerified: boolean;
}

/**
 * A connection to the destination through the proxy.
 * @param tls used with an HTTPS proxy, and there needed
 * @throws {ProxyError} also when it takes longer than the timeout
 */
export async function openTunnel(
  proxy: ProxyServer,
  destination: Destination,
  timeoutMs: number,
  tls: ProxyTls | undefined,
): Promise<Socket | TLSSocket> {
  return proxy.kind === 'socks5'
    ? openThroughSocks(proxy, destination, timeoutMs)
    : openByConnect(proxy, destination, timeoutMs, tls);
}

/** RFC 9110, section 9.3.6. */
function openByConnect(
  proxy: ProxyServer,
  { host, port }: Destination,
  timeoutMs: number,
  tls: ProxyTls | undefined,
): Promise<Socket> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  // Without an agent Node would ask to close.
  const headers: Record<string, string> = { host: authority, connection: 'keep-alive' };
  if (proxy.user !== '') {
    const pair = Buffer.from(`${proxy.user}:${proxy.password}`).toString('base64');
    headers['proxy-authorization'] = `Basic ${pair}`;
  }
  const options = { host: proxy.host, port: proxy.port, method: 'CONNECT', path: authority, headers, agent: false };
  return new Promise((resolve, reject) => {
    const request =
      proxy.kind === 'https' ? httpsRequest({ ...options, ...tlsOptions(proxy, tls) }) : httpRequest(options);
    const timer = setTimeout(() => fail(`it did not answer within ${timeoutMs / 1000} s`), timeoutMs);
    const fail = (detail: string) => {
      clearTimeout(timer);
      reject(new ProxyError(proxy, detail));
      request.destroy();
    };
    request.on('error', (error) => fail(describeError(error)));
    request.on('response', ({ statusCode }) => fail(describeStatus(statusCode ?? 0, proxy)));
    request.on('connect', ({ statusCode = 0 }, socket: Socket, head) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        fail(describeStatus(statusCode, proxy));
        return;
      }
      clearTimeout(timer);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.end();
  });
}

/** Node would take the name from the Host header, which is the destination's. */
function tlsOptions({ host }: ProxyServer, tls: ProxyTls | undefined) {
  return {
    ...(tls === undefined ? {} : { secureContext: tls.context }),
    ALPNProtocols: ['http/1.1'],
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: tls?.isVerified ?? true,
    checkServerIdentity: (_host: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
  };
}

function describeStatus(status: number, { user }: ProxyServer): string {
  if (status !== 407) return `it refused the connection (HTTP ${status})`;
  return user === '' ? 'it wants a user and a password (407)' : 'it does not accept the user and password (407)';
}

function describeError(error: unknown): string {
  const code = shownErrorCode(error);
  const problem = tlsProblem(code);
  if (problem !== undefined) return tlsProblems[problem] ?? code;
  return code === 'ECONNRESET' ? 'it closed the connection' : code;
}

/** Those that have a sentence of their own. */
const tlsProblems: Readonly<Partial<Record<TlsProblem, string>>> = {
  unknownAuthority: 'its certificate is signed by an authority that neither the kubeconfig nor this machine knows',
  expired: 'its certificate has expired',
  notYetValid: 'its certificate is not valid yet',
  wrongHost: 'its certificate is made out to another name',
  protocol: 'it does not speak TLS, or no version of it that is safe',
};

function openThroughSocks(proxy: ProxyServer, destination: Destination, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: proxy.host, port: proxy.port });
    const fail = (detail: string) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new ProxyError(proxy, detail));
    };
    const timer = setTimeout(() => fail(`it did not answer within ${timeoutMs / 1000} s`), timeoutMs);
    const onError = (error: Error) => fail(shownErrorCode(error));
    const onClose = () => fail('it closed the connection');
    socket.once('error', onError);
    socket.once('close', onClose);
    socket.once('connect', () => {
      socksHandshake(socket, { ...destination, user: proxy.user, password: proxy.password }).then(
        () => {
          clearTimeout(timer);
          socket.off('error', onError);
          socket.off('close', onClose);
          resolve(socket);
        },
        (error: Error) => fail(error.message),
      );
    });
  });
}
