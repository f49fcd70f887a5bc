import { BlockList, isIP } from 'node:net';
import type { Environment } from '../environment.ts';
import type { Secret } from '../secret.ts';

export interface ProxyServer {
  readonly kind: 'http' | 'https' | 'socks5';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The URL without user and password. */
  readonly shown: string;
}

/**
 * The proxy to reach a server through: the `proxy-url` of its kubeconfig entry, which no `NO_PROXY` overrules, else what
 * the environment says, read as Go reads it (golang.org/x/net/http/httpproxy), since kubectl would take that way too.
 *
 * @returns undefined for the direct way; `'unusable'` for a URL that is none or of a kind that we do not speak
 */
export function chooseProxy(
  server: URL,
  proxyUrl: Secret | undefined,
  environment: Environment,
): ProxyServer | undefined | 'unusable' {
  if (proxyUrl !== undefined) return parseProxy(proxyUrl.reveal());
  const isSecure = server.protocol === 'https:';
  const named = isSecure
    ? (environment.HTTPS_PROXY ?? environment.https_proxy)
    : (environment.HTTP_PROXY ?? environment.http_proxy);
  if (!named) return undefined;
  const exceptions = environment.NO_PROXY ?? environment.no_proxy ?? '';
  return isException(hostOf(server), portOf(server), exceptions) ? undefined : parseProxy(named);
}

function parseProxy(written: string): ProxyServer | 'unusable' {
  try {
    const url = new URL(/^[a-z0-9]+:\/\//i.test(written) ? written : `http://${written}`);
    const found = schemes.get(url.protocol);
    const host = hostOf(url);
    if (found === undefined || host === '') return 'unusable';
    return {
      kind: found.kind,
      host,
      port: url.port === '' ? found.port : Number(url.port),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      shown: `${url.protocol}//${url.host}`,
    };
  } catch {
    return 'unusable';
  }
}

// Go resolves names at the proxy for both of SOCKS5's spellings.
const schemes: ReadonlyMap<string, Pick<ProxyServer, 'kind' | 'port'>> = new Map([
  ['http:', { kind: 'http', port: 80 }],
  ['https:', { kind: 'https', port: 443 }],
  ['socks5:', { kind: 'socks5', port: 1080 }],
  ['socks5h:', { kind: 'socks5', port: 1080 }],
]);

/**
 * Whether `NO_PROXY` names a host: `*`, a name (with all below it; with a leading dot only what is below), an address
 * or a block of addresses, each with an optional port. The machine itself is never reached through a proxy.
 */
function isException(host: string, port: number, exceptions: string): boolean {
  const family = familyOf(host);
  if (host === 'localhost' || (family !== undefined && loopback.check(host, family))) return true;
  return exceptions.split(',').some((item) => matches(item.trim().toLowerCase(), host.toLowerCase(), port));
}

function matches(item: string, host: string, port: number): boolean {
  if (item === '') return false;
  if (item === '*') return true;
  const family = familyOf(host);
  if (item.includes('/')) {
    const [network = '', bits = ''] = item.split('/');
    const networkFamily = familyOf(network);
    if (family === undefined || networkFamily === undefined || !/^\d{1,3}$/.test(bits)) return false;
    if (Number(bits) > (networkFamily === 'ipv4' ? 32 : 128)) return false;
    const block = new BlockList();
    block.addSubnet(network, Number(bits), networkFamily);
    return block.check(host, family);
  }
  const [, bracketed, plain, itemPort] = /^(?:\[([^\]]+)\]|([^:]*|[^:]*:[^:]*:.*?))(?::(\d+))?$/.exec(item) ?? [];
  const name = isIP(item) !== 0 ? item : (bracketed ?? plain ?? '').replace(/^\*\./, '.');
  if (isIP(item) === 0 && itemPort !== undefined && Number(itemPort) !== port) return false;
  if (family !== undefined) return name === host;
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function familyOf(host: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(host);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}

/** Without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}
