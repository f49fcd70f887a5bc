import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { shownErrorCode } from '../shownErrorCode.ts';
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

/**
 * A connection to the destination through the proxy.
 * @throws {ProxyError} also when it takes longer than the timeout
 */
export async function openTunnel(
  proxy: ProxyServer,
  destination: Destination,
  timeoutMs: number,
): Promise<Socket | TLSSocket> {
  return proxy.kind === 'socks5'
    ? openThroughSocks(proxy, destination, timeoutMs)
    : openByConnect(proxy, destination, timeoutMs);
}

/** RFC 9110, section 9.3.6. */
function openByConnect(proxy: ProxyServer, { host, port }: Destination, timeoutMs: number): Promise<Socket> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  // Without an agent Node would ask to close.
  const headers: Record<string, string> = { host: authority, connection: 'keep-alive' };
  if (proxy.user !== '') {
    const pair = Buffer.from(`${proxy.user}:${proxy.password}`).toString('base64');
    headers['proxy-authorization'] = `Basic ${pair}`;
  }
  const send = proxy.kind === 'https' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
    });
    const timer = setTimeout(() => fail(`it did not answer within ${timeoutMs / 1000} s`), timeoutMs);
    const fail = (detail: string) => {
      clearTimeout(timer);
      reject(new ProxyError(proxy, detail));
      request.destroy();
    };
    request.on('error', (error) => fail(shownErrorCode(error)));
    request.on('response', ({ statusCode }) => fail(describeStatus(statusCode ?? 0)));
    request.on('connect', ({ statusCode = 0 }, socket: Socket, head) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        fail(describeStatus(statusCode));
        return;
      }
      clearTimeout(timer);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.end();
  });
}

function describeStatus(status: number): string {
  return status === 407 ? 'it wants a user and a password (407)' : `it refused the connection (HTTP ${status})`;
}

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
