// Proxies that note who asked for what and then connect.

import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { IssuedCertificate } from '../support/certificates.ts';

export interface FakeProxy {
  readonly port: number;
  /** The destinations asked for, as `host:port`. */
  readonly asked: readonly string[];
  /** The `user:password` pairs that came with them. */
  readonly signedIn: readonly string[];
  close(): Promise<void>;
}

export interface HttpProxyOptions {
  /** What it answers instead of connecting; `'close'` is to answer nothing and hang up. */
  readonly refuses?: number | 'close';
  /** `user:password` that it wants (407 without); it takes anybody when absent. */
  readonly wants?: string;
  /** It speaks TLS. */
  readonly serving?: IssuedCertificate;
}

export async function startHttpProxy({ refuses, wants, serving }: HttpProxyOptions = {}): Promise<FakeProxy> {
  const asked: string[] = [];
  const signedIn: string[] = [];
  const server =
    serving === undefined
      ? createHttpServer((_request, response) => response.writeHead(400).end())
      : createHttpsServer({ cert: serving.certificate, key: serving.key });
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    const basic = /^Basic (.+)$/.exec(request.headers['proxy-authorization'] ?? '')?.[1];
    const pair = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString();
    if (pair !== undefined) signedIn.push(pair);
    if (refuses === 'close') {
      socket.destroy();
      return;
    }
    const status = wants === undefined || wants === pair ? refuses : 407;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').split(/:(?=\d+$)/);
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(socket, upstream);
    });
    upstream.on('error', () => socket.destroy());
  });
  return listening(server, asked, signedIn);
}

/** SOCKS 5, RFC 1928 and 1929. Asks for a user if `password` is given. */
export async function startSocksProxy(options: { password?: string; reply?: number } = {}): Promise<FakeProxy> {
  const asked: string[] = [];
  const signedIn: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    const serve = async () => {
      const next = reader(socket);
      const [, methods = 0] = await next(2);
      const offered = [...(await next(methods))];
      const wanted = options.password === undefined ? 0 : 2;
      socket.write(Buffer.of(5, offered.includes(wanted) ? wanted : 255));
      if (!offered.includes(wanted)) return;
      if (options.password !== undefined) {
        const user = (await next((await next(2))[1] ?? 0)).toString();
        const password = (await next((await next(1))[0] ?? 0)).toString();
        signedIn.push(`${user}:${password}`);
        socket.write(Buffer.of(1, password === options.password ? 0 : 1));
        if (password !== options.password) return;
      }
      const [, , , type] = await next(4);
      const host = type === 1 ? [...(await next(4))].join('.') : (await next((await next(1))[0] ?? 0)).toString();
      const port = (await next(2)).readUInt16BE();
      asked.push(`${host}:${port}`);
      if (options.reply !== undefined) {
        socket.write(Buffer.of(5, options.reply, 0, 1, 0, 0, 0, 0, 0, 0));
        return;
      }
      const upstream = connect(port, host, () => {
        socket.write(Buffer.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 0));
        join(socket, upstream);
      });
      upstream.on('error', () => socket.destroy());
    };
    serve().catch(() => socket.destroy());
  });
  return listening(server, asked, signedIn);
}

function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async (length) => {
    for (;;) {
      const chunk: Buffer | null = length === 0 ? Buffer.alloc(0) : socket.read(length);
      if (chunk !== null) return chunk;
      await new Promise<void>((resolve, reject) => {
        socket.once('readable', resolve);
        socket.once('close', reject);
      });
    }
  };
}

function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  one.on('error', () => other.destroy());
  one.on('close', () => other.destroy());
}

async function listening(server: Server, asked: string[], signedIn: string[]): Promise<FakeProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    signedIn,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
