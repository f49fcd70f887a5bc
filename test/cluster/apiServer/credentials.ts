import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CertificateRequest, certificateAuthority, type IssuedCertificate } from '../../support/certificates.ts';
import { type TestUser, testUsers } from './options.ts';

export const authorityName = 'test cluster';

/** A client certificate for a user, from the authority in the folder of a server. */
export function issueClientCertificate(folder: string, request: CertificateRequest): IssuedCertificate {
  return certificateAuthority(authorityName, readAuthority(folder)).issue(request);
}

export function readAuthority(folder: string): IssuedCertificate {
  return {
    certificate: readFileSync(join(folder, 'ca.crt'), 'utf8'),
    key: readFileSync(join(folder, 'ca.key'), 'utf8'),
  };
}

/**
 * Writes a kubeconfig of one cluster, one user and one context, all named after the user, into the folder of a server. It
 * is JSON, which is YAML too. Gives its path.
 */
export function writeKubeconfig(folder: string, url: string, user: TestUser | CertificateRequest): string {
  const name = typeof user === 'string' ? user : user.commonName;
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name, cluster: { server: url, 'certificate-authority-data': base64(readAuthority(folder).certificate) } },
    ],
    users: [{ name, user: credentialsOf(folder, user) }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  const path = join(folder, `${name}.kubeconfig`);
  writeFileSync(path, JSON.stringify(kubeconfig, null, 2), { mode: 0o600 });
  return path;
}

function credentialsOf(folder: string, user: TestUser | CertificateRequest): unknown {
  if (user === 'exec') {
    return {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: join(folder, 'exec-plugin'),
        interactiveMode: 'Never',
        installHint: 'The test server brings its own plugin.',
      },
    };
  }
  const { certificate, key } = issueClientCertificate(folder, typeof user === 'string' ? testUsers[user] : user);
  return { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
