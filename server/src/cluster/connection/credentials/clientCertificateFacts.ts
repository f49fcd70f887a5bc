import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { KubeconfigUser } from '../kubeconfig/kubeconfig.ts';

/** What the client certificate of a kubeconfig's user says of him. */
export interface ClientCertificateFacts {
  /** The user name that the API server takes from it; empty when there is none. */
  readonly commonName: string;
  /** The groups that the API server takes from it, `system:masters` among them or not. */
  readonly organizations: readonly string[];
  /** Milliseconds since 1970. */
  readonly validTo: number;
}

/** Undefined where the user has no certificate, or it cannot be read. Credential plugins are not started. */
export async function clientCertificateFacts(
  user: KubeconfigUser | undefined,
): Promise<ClientCertificateFacts | undefined> {
  const material = user?.clientCertificate;
  if (material === undefined) return undefined;
  try {
    return certificateFacts(material.kind === 'inline' ? material.pem.reveal() : await readFile(material.path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Of the first certificate of a chain; undefined where there is none. */
export function certificateFacts(pem: string): ClientCertificateFacts | undefined {
  try {
    const certificate = new X509Certificate(pem);
    // Node gives an attribute that occurs more than once as a list.
    const subject: { readonly CN?: string | string[]; readonly O?: string | string[] } =
      certificate.toLegacyObject().subject ?? {};
    return {
      commonName: [subject.CN ?? []].flat()[0] ?? '',
      organizations: [subject.O ?? []].flat(),
      validTo: Date.parse(certificate.validTo),
    };
  } catch {
    return undefined;
  }
}
