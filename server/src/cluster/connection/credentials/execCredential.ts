import { isToken, Secret } from '../secret.ts';
import { record } from '../statusAnswer.ts';
import type { RequestCredentials } from './requestCredentials.ts';

export interface ExecCredential {
  readonly credentials: RequestCredentials;
  /** Milliseconds since 1970; undefined where they hold until the server refuses them. */
  readonly expiresAt: number | undefined;
}

/**
 * Reads what a credential plugin printed, as client-go does (plugin/pkg/client/auth/exec/exec.go).
 *
 * @param apiVersion that the kubeconfig asks for
 * @returns what is wrong, as the end of a sentence, without a character of what was printed
 */
export function readExecCredential(printed: string, apiVersion: string): ExecCredential | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(printed);
  } catch {
    return printed.trim() === '' ? 'it printed nothing' : 'what it printed is not JSON';
  }
  const { kind, apiVersion: version, status } = record(parsed);
  if (kind !== 'ExecCredential') return 'what it printed is no ExecCredential';
  if (version !== apiVersion) return `it printed another version than ${apiVersion}`;
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = record(status);
  const hasToken = typeof token === 'string' && token !== '';
  const certificate = typeof clientCertificateData === 'string' ? clientCertificateData : '';
  const key = typeof clientKeyData === 'string' ? clientKeyData : '';
  if ((certificate === '') !== (key === '')) return 'it printed a certificate or a key without the other';
  if (!hasToken && certificate === '') return 'it printed neither a token nor a certificate';
  if (hasToken && !isToken(token)) return 'the token that it printed has characters that no token has';
  let expiresAt: number | undefined;
  if (expirationTimestamp !== undefined && expirationTimestamp !== null) {
    expiresAt = typeof expirationTimestamp === 'string' ? Date.parse(expirationTimestamp) : Number.NaN;
    if (Number.isNaN(expiresAt)) return 'its expirationTimestamp is no time';
  }
  return {
    credentials: {
      token: hasToken ? new Secret(token) : undefined,
      certificate: certificate === '' ? undefined : { certificate: new Secret(certificate), key: new Secret(key) },
    },
    expiresAt,
  };
}
