// An API server that does what a real one will not do on demand: it refuses, hangs, breaks off and lies as a test says.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { certificateAuthority, type IssuedCertificate, selfSignedCertificate } from '../support/certificates.ts';

/** What a test wants the server to do with a request. */
export type Reply =
  /** Compressed if the client takes that; `Warning` headers may be given as a list. */
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number; readonly headers?: Headers }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly type?: string;
      readonly status?: number;
      readonly headers?: Headers;
    }
  /** A Status object. */
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly message: string;
      readonly continue?: string;
      readonly headers?: Headers;
    }
  /** Takes the request and says nothing. */
  | { readonly kind: 'hang' }
  /** Ends the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Promises more than it sends, then ends the connection. */
  | { readonly kind: 'cutOff'; readonly body: unknown; readonly isCompressed?: boolean }
  /** Ends properly, in the middle of the compressed data. */
  | { readonly kind: 'truncatedGzip'; readonly body: unknown }
  /** Sends the parts so many milliseconds apart, and ends unless told not to. */
  | {
      readonly kind: 'parts';
      readonly parts: readonly (string | Uint8Array)[];
      readonly everyMs: number;
      readonly end?: 'close' | 'break' | 'stay';
    };

type Headers = Readonly<Record<string, string | readonly string[]>>;

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** The common name of the client certificate, if one was sent. */
  readonly clientName: string | undefined;
}

export interface FakeApiServer {
  readonly url: string;
  readonly port: number;
  /** PEM of the authority that signed its certificate. */
  readonly authority: string;
  readonly seen: readonly SeenRequest[];
  /** Connections that were opened, and how many were open at once. */
  readonly connections: { readonly opened: number; readonly most: number };
  /** Makes a client certificate that this server recognizes. */
  clientCertificate(commonName: string): IssuedCertificate;
  openConnections(): number;
  /** Ends all connections, as a load balancer does after a while. */
  dropConnections(): void;
  close(): Promise<void>;
}

export interface FakeApiServerOptions {
  readonly reply: (request: SeenRequest, count: number) => Reply | Promise<Reply>;
  /** Speaks TLS 1.0 and 1.1 too. */
  readonly isOldFashioned?: boolean;
  /** What is wrong with the certificate. */
  readonly certificate?: 'expired' | 'notYetValid' | 'wrongHost' | 'selfSigned';
}

const year = 365 * 24 * 60 * 60 * 1000;

export async function startFakeApiServer(options: FakeApiServerOptions): Promise<FakeApiServer> {
  const authority = certificateAuthority('test authority');
  const issue = options.certificate === 'selfSigned' ? selfSignedCertificate : authority.issue;
  const hosts = options.certificate === 'wrongHost' ? ['elsewhere.example'] : ['localhost', '127.0.0.1'];
  const serving = issue({
    commonName: 'kube-apiserver',
    hosts,
    ...(options.certificate === 'expired'
      ? { validFrom: new Date(Date.now() - 2 * year), validTo: new Date(Date.now() - year) }
      : {}),
    ...(options.certificate === 'notYetValid'
      ? { validFrom: new Date(Date.now() + year), validTo: new Date(Date.now() + 2 * year) }
      : {}),
  });
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const connections = { opened: 0, most: 0 };
  const leaving = new AbortController();
  const server = createServer(
    {
      cert: serving.certificate,
      key: serving.key,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
      ...(options.isOldFashioned === true ? { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } : {}),
    },
    (request, response) => void serve(request, response),
  );
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    connections.opened++;
    connections.most = Math.max(connections.most, sockets.size);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { method = '', url: path = '', headers, rawHeaders } = request;
    const peer = (request.socket as TLSSocket).getPeerCertificate();
    const clientName = typeof peer?.subject?.CN === 'string' ? peer.subject.CN : undefined;
    const one: SeenRequest = { method, path, headers, rawHeaders, body, clientName };
    seen.push(one);
    await send(await options.reply(one, seen.length), request, response, leaving.signal).catch(() =>
      response.destroy(),
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    authority: authority.certificate,
    seen,
    connections,
    clientCertificate: (commonName) => authority.issue({ commonName }),
    openConnections: () => sockets.size,
    dropConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      leaving.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function send(
  reply: Reply,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const isCompressed = request.headers['accept-encoding'] === 'gzip';
  switch (reply.kind) {
    case 'hang':
      return;
    case 'reset':
      request.socket.destroy();
      return;
    case 'json':
    case 'status': {
      const { status, body } =
        reply.kind === 'json'
          ? { status: reply.status ?? 200, body: reply.body }
          : { status: reply.code, body: statusObject(reply) };
      const text = JSON.stringify(body);
      const bytes = isCompressed ? gzipSync(text) : Buffer.from(text);
      setHeaders(response, { 'content-type': 'application/json', ...reply.headers });
      if (isCompressed) response.setHeader('content-encoding', 'gzip');
      response.writeHead(status).end(bytes);
      return;
    }
    case 'text':
      setHeaders(response, { 'content-type': reply.type ?? 'text/plain', ...reply.headers });
      response.writeHead(reply.status ?? 200).end(reply.text);
      return;
    case 'cutOff': {
      const text = JSON.stringify(reply.body);
      const bytes = reply.isCompressed ? gzipSync(text) : Buffer.from(text);
      response.setHeader('content-type', 'application/json');
      response.setHeader('content-length', bytes.length);
      if (reply.isCompressed) response.setHeader('content-encoding', 'gzip');
      response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => request.socket.destroy(), 20));
      return;
    }
    case 'truncatedGzip': {
      const bytes = gzipSync(JSON.stringify(reply.body));
      response.setHeader('content-type', 'application/json');
      response.setHeader('content-encoding', 'gzip');
      response.end(bytes.subarray(0, bytes.length - 12));
      return;
    }
    case 'parts':
      response.setHeader('content-type', 'application/json');
      response.flushHeaders();
      for (const part of reply.parts) {
        response.write(part);
        await wait(reply.everyMs, undefined, { signal });
      }
      if (reply.end === 'break') request.socket.destroy();
      else if (reply.end !== 'stay') response.end();
      return;
  }
}

function setHeaders(response: ServerResponse, headers: Headers): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function statusObject(reply: { code: number; message: string; continue?: string }): unknown {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: reply.continue === undefined ? {} : { continue: reply.continue },
    status: 'Failure',
    message: reply.message,
    code: reply.code,
  };
}
