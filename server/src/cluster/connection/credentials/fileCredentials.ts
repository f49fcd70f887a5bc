import { readFile } from 'node:fs/promises';
import type { CredentialFile, CredentialTrouble } from '../clusterAnswer.ts';
import type { KubeconfigUser, Material } from '../kubeconfig/kubeconfig.ts';
import { isToken, Secret } from '../secret.ts';
import { shownErrorCode } from '../shownErrorCode.ts';
import { certificateFacts } from './clientCertificateFacts.ts';
import { type CredentialSource, isTrouble, type RequestCredentials } from './requestCredentials.ts';

/** As long as client-go keeps a token that it read from a file (transport/token_source.go). */
const maxAgeMs = 60_000;

/**
 * The certificate and the token of a kubeconfig's user. Files are read again after a minute, or when the server does not
 * take what was in them: whoever rotates them replaces the files.
 */
export function fileCredentials(user: KubeconfigUser): CredentialSource {
  let current: RequestCredentials | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<RequestCredentials | CredentialTrouble> | undefined;
  const hasFiles =
    [user.clientCertificate, user.clientKey].some((one) => one?.kind === 'file') || user.tokenFile !== undefined;

  const readNow = async () => {
    const got = await readCredentials(user, current);
    if (isTrouble(got)) return got;
    readAt = performance.now();
    if (current === undefined || !areSame(current, got)) current = got;
    return current;
  };
  return {
    async get() {
      const isFresh = !hasFiles || performance.now() - readAt < maxAgeMs;
      if (current !== undefined && isFresh) return current;
      reading ??= readNow().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    reject(credentials) {
      if (!hasFiles) return false;
      if (credentials !== current) return true;
      const wasJustRead = performance.now() - readAt < 1000;
      readAt = Number.NEGATIVE_INFINITY;
      return !wasJustRead;
    },
    close() {},
  };
}

async function readCredentials(
  user: KubeconfigUser,
  before: RequestCredentials | undefined,
): Promise<RequestCredentials | CredentialTrouble> {
  const token = await readToken(user, before?.token);
  if (token !== undefined && 'kind' in token) return token;
  const { clientCertificate, clientKey } = user;
  if (clientCertificate === undefined || clientKey === undefined) return { token, certificate: undefined };
  const certificate = await readMaterial(clientCertificate, 'client certificate');
  if ('kind' in certificate) return certificate;
  // The server would say no more than that it does not know who this is.
  const validTo = certificateFacts(certificate.reveal())?.validTo;
  if (validTo !== undefined && validTo < Date.now()) {
    return { kind: 'expired', on: new Date(validTo).toISOString().slice(0, 10) };
  }
  const key = await readMaterial(clientKey, 'client key');
  if ('kind' in key) return key;
  return { token, certificate: { certificate, key } };
}

/** The file goes before the inline token, and what was last read from it serves on while it cannot be read. */
async function readToken(
  user: KubeconfigUser,
  before: Secret | undefined,
): Promise<Secret | CredentialTrouble | undefined> {
  if (user.tokenFile === undefined) return user.token;
  const read = await readPath(user.tokenFile, 'token');
  if (!('kind' in read)) {
    const token = read.reveal().trim();
    if (isToken(token)) return new Secret(token);
    return before ?? user.token ?? { kind: 'file', what: 'token', path: user.tokenFile, detail: 'no token is in it' };
  }
  return before ?? user.token ?? read;
}

async function readMaterial(material: Material, what: CredentialFile): Promise<Secret | CredentialTrouble> {
  return material.kind === 'inline' ? material.pem : readPath(material.path, what);
}

async function readPath(path: string, what: CredentialFile): Promise<Secret | CredentialTrouble> {
  try {
    return new Secret(await readFile(path, 'utf8'));
  } catch (error) {
    return { kind: 'file', what, path, detail: shownErrorCode(error) };
  }
}

function areSame(a: RequestCredentials, b: RequestCredentials): boolean {
  const same = (one: Secret | undefined, other: Secret | undefined) => one?.reveal() === other?.reveal();
  return (
    same(a.token, b.token) &&
    same(a.certificate?.certificate, b.certificate?.certificate) &&
    same(a.certificate?.key, b.certificate?.key)
  );
}
