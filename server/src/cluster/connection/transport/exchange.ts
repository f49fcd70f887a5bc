import { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, request as startRequest } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ConnectionTrouble } from '../clusterAnswer.ts';
import { type BodyReader, WholeBody } from './bodyReader.ts';
import type { ConnectionPool } from './connectionPool.ts';
import { connectionTrouble } from './connectionTrouble.ts';

/** One HTTP request as it goes over the wire. */
export interface Exchange {
  readonly pool: ConnectionPool;
  readonly url: URL;
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | undefined;
  /** Until the end of the body, or with `isStream` until the headers; counted from when a connection is free. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Told of every chunk of a body that is not a stream, as it came over the wire. */
  readonly onBytes: (count: number) => void;
  /** Who takes a body with status 200 that is not a stream. */
  readonly bodyReader: () => BodyReader;
}

export type ExchangeResult =
  | { readonly kind: 'response'; readonly response: IncomingMessage; readonly text: string }
  | ExchangeFailure
  | { readonly kind: 'cancelled' };

/** A body that is read as it comes; abort the exchange's signal to leave it. */
export interface OpenedStream {
  readonly kind: 'stream';
  readonly response: IncomingMessage;
}

export interface ExchangeFailure {
  readonly kind: 'failure';
  readonly trouble: ConnectionTrouble;
  /** The connection was one kept alive and had gone stale, so the server has not seen the request. */
  readonly isStale: boolean;
}

/**
 * Answers of 128 KiB and more are compressed, to a tenth or so. In pieces of the usual 16 KiB to go from one thread to the
 * other and back takes longer than to inflate them.
 */
const inflatedBytes = 512 * 1024;

/** Bodies beyond this are given up: nothing that is asked for comes near, and a string has an end in V8. */
const maxBodyBytes = 128 * 1024 * 1024;

/** Sends it once. Never rejects. */
export function exchange(options: Exchange): Promise<ExchangeResult> {
  return start<never>(options, () => undefined);
}

/** Sends it once; with status 200 there is a stream, which is not decompressed, and no time limit from then on. */
export function openStream(options: Exchange): Promise<ExchangeResult | OpenedStream> {
  return start(options, (response) => (response.statusCode === 200 ? { kind: 'stream', response } : undefined));
}

function start<Opened extends OpenedStream>(
  { pool, url, method, headers, body, timeoutMs, signal, onBytes, bodyReader }: Exchange,
  open: (response: IncomingMessage) => Opened | undefined,
): Promise<ExchangeResult | Opened> {
  const started = performance.now();
  const address = url.host;
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'cancelled' });
      return;
    }
    let request: ClientRequest;
    try {
      request = startRequest({
        agent: pool,
        // The pool knows where to; these only name the connection.
        host: url.hostname,
        port: url.port,
        method,
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, ...headers },
      });
    } catch (error) {
      // A name or a header that Node does not take.
      resolve({ kind: 'failure', trouble: connectionTrouble(error, url.hostname, address, 0), isStale: false });
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    let hasAnswered = false;
    let isDone = false;
    const finish = (result: ExchangeResult | Opened) => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      if (result.kind !== 'stream') signal.removeEventListener('abort', onAbort);
      if (result.kind === 'failure' || result.kind === 'cancelled') request.destroy();
      resolve(result);
    };
    const fail = (trouble: ConnectionTrouble, isStale = false) => finish({ kind: 'failure', trouble, isStale });
    const onAbort = () => {
      finish({ kind: 'cancelled' });
      request.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    request.once('close', () => signal.removeEventListener('abort', onAbort));
    request.once('socket', () => {
      timer = setTimeout(() => fail({ kind: 'timeout', address, milliseconds: timeoutMs }), timeoutMs);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (hasAnswered) fail({ kind: 'cutOff', address });
      else {
        const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        fail(connectionTrouble(error, url.hostname, address, Math.round(performance.now() - started)), isStale);
      }
    });
    request.once('response', (response) => {
      hasAnswered = true;
      const opened = open(response);
      if (opened !== undefined) {
        finish(opened);
        return;
      }
      response.on('data', (chunk: Buffer) => onBytes(chunk.length));
      const plain = decompressed(response);
      const reader = response.statusCode === 200 ? bodyReader() : new WholeBody();
      let length = 0;
      plain.on('data', (chunk: Buffer) => {
        if (isDone) return;
        length += chunk.length;
        if (length > maxBodyBytes) fail({ kind: 'network', address, detail: 'the answer is larger than 128 MiB' });
        else reader.read(chunk);
      });
      plain.once('error', () => fail({ kind: 'cutOff', address }));
      plain.once('end', () => finish({ kind: 'response', response, text: reader.rest() }));
      response.once('error', () => fail({ kind: 'cutOff', address }));
    });
    request.end(body);
  });
}

function decompressed(response: IncomingMessage): Readable {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const gunzip = createGunzip({ chunkSize: inflatedBytes });
  // An answer that ends too early never ends the decompression by itself.
  response.once('error', (error) => gunzip.destroy(error));
  return response.pipe(gunzip);
}
