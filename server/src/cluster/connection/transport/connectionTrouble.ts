import type { ConnectionTrouble } from '../clusterAnswer.ts';
import { ProxyError } from '../proxy/openTunnel.ts';
import { shownErrorCode } from '../shownErrorCode.ts';
import { tlsProblem } from './tlsProblem.ts';

/** What the failure of a connection means. Codes are those of Node, libuv and OpenSSL. */
export function connectionTrouble(error: unknown, host: string, address: string, elapsedMs: number): ConnectionTrouble {
  if (error instanceof ProxyError) return { kind: 'proxy', proxy: error.proxy.shown, detail: error.message };
  const code = shownErrorCode(error);
  const problem = tlsProblem(code);
  if (problem !== undefined) return { kind: 'tls', address, problem, detail: code };
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
      return { kind: 'dns', host };
    case 'ECONNREFUSED':
      return { kind: 'connectionRefused', address };
    case 'ETIMEDOUT':
      return { kind: 'timeout', address, milliseconds: elapsedMs };
    default:
      return { kind: 'network', address, detail: code };
  }
}
