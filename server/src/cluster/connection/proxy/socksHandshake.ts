import { isIP, type Socket } from 'node:net';

/**
 * Asks a SOCKS 5 proxy for a connection (RFC 1928), with user and password where there is a user (RFC 1929). Names
 * are resolved by the proxy. Nothing but the handshake is read from the socket.
 *
 * @throws {Error} with what the proxy answered as its message
 */
export async function socksHandshake(
  socket: Socket,
  { host, port, user, password }: { host: string; port: number; user: string; password: string },
): Promise<void> {
  const method = user === '' ? noAuthentication : userAndPassword;
  socket.write(Uint8Array.of(version, 1, method));
  const [, chosen] = await read(socket, 2);
  if (chosen !== method) throw new Error('it wants another way to sign in');
  if (method === userAndPassword) {
    const [name, word] = [Buffer.from(user), Buffer.from(password)];
    socket.write(Buffer.concat([Uint8Array.of(1, name.length), name, Uint8Array.of(word.length), word]));
    const [, status] = await read(socket, 2);
    if (status !== 0) throw new Error('it does not accept the user and password');
  }
  socket.write(
    Buffer.concat([Uint8Array.of(version, connectCommand, 0), address(host), Uint8Array.of(port >> 8, port & 255)]),
  );
  const [, reply = 1, , type] = await read(socket, 4);
  if (reply !== 0) throw new Error(replies[reply] ?? `it refused the connection (SOCKS reply ${reply})`);
  const length = type === ipv4 ? 4 : type === ipv6 ? 16 : ((await read(socket, 1))[0] ?? 0);
  await read(socket, length + 2);
}

const version = 5;
const noAuthentication = 0;
const userAndPassword = 2;
const connectCommand = 1;
const ipv4 = 1;
const domainName = 3;
const ipv6 = 4;

const replies: Readonly<Record<number, string>> = {
  2: 'it does not allow this connection',
  3: 'it does not reach the network of the server',
  4: 'it does not reach the server',
  5: 'the server refused the connection from it',
};

function address(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([ipv4, ...host.split('.').map(Number)]);
  // An IPv6 address goes as text: proxies read it, and nothing here has to parse its many spellings.
  const name = Buffer.from(host);
  return Buffer.concat([Uint8Array.of(domainName, name.length), name]);
}

/** Exactly so many bytes; what came beyond them stays in the socket. */
function read(socket: Socket, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      socket.off('readable', onReadable);
      socket.off('end', onEnd);
      finish();
    };
    const onReadable = () => {
      const chunk: Buffer | null = socket.read(length);
      if (chunk !== null && chunk.length === length) settle(() => resolve(chunk));
    };
    const onEnd = () => settle(() => reject(new Error('it is no SOCKS 5 proxy, or closed the connection')));
    socket.on('readable', onReadable);
    socket.on('end', onEnd);
    onReadable();
  });
}
