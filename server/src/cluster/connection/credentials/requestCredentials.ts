import type { CredentialTrouble } from '../clusterAnswer.ts';
import type { Secret } from '../secret.ts';

/** What a request proves its sender with. */
export interface RequestCredentials {
  readonly token: Secret | undefined;
  readonly certificate: ClientCertificate | undefined;
}

export interface ClientCertificate {
  /** PEM, the chain with it. */
  readonly certificate: Secret;
  readonly key: Secret;
}

export const noCredentials: RequestCredentials = { token: undefined, certificate: undefined };

/** Where the credentials of one user of the kubeconfig come from. */
export interface CredentialSource {
  /** The same object as before while nothing has changed. Never rejects. */
  get(): Promise<RequestCredentials | CredentialTrouble>;
  /**
   * The server did not take these. True if others may be had by asking again; it is so once for each that was got.
   */
  reject(credentials: RequestCredentials): boolean;
  close(): void;
}

export function isTrouble(got: RequestCredentials | CredentialTrouble): got is CredentialTrouble {
  return 'kind' in got;
}
