// A running API server, for whoever knows its folder.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateRequest } from '../../support/certificates.ts';
import { type ApiClient, apiClient } from './apiClient.ts';
import { type Cluster, clusterOf } from './cluster.ts';
import { issueClientCertificate, readAuthority, writeKubeconfig } from './credentials.ts';
import type { TestUser } from './options.ts';

export interface ApiServer extends Cluster {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** The authority that vouches for the server, PEM. */
  readonly ca: string;
  /** Path of a kubeconfig for one of the users, or for any name and groups. */
  kubeconfig(user: TestUser | CertificateRequest): string;
  /** Requests as a user of any name and groups. */
  clientFor(user: CertificateRequest): ApiClient;
  /** What KUBERNETES_EXEC_INFO said at each call of the credential plugin of the user `exec`, since the start. */
  execCalls(): readonly string[];
  /** The audit log so far, an event each. */
  auditEvents(): readonly unknown[];
  /** The folder with all of its files, for those who attach to it. */
  readonly folder: string;
}

/** A server that another process started and stops, by its folder. */
export function attachApiServer(folder: string): ApiServer {
  const { port, description } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as {
    readonly port: number;
    readonly description: string;
  };
  const url = `https://127.0.0.1:${port}`;
  const ca = readAuthority(folder).certificate;
  const clientFor = (user: CertificateRequest) => {
    const { certificate, key } = issueClientCertificate(folder, user);
    return apiClient(url, { ca, cert: certificate, key });
  };
  const lines = (name: string) => {
    const path = join(folder, name);
    return existsSync(path)
      ? readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : [];
  };
  return {
    ...clusterOf(clientFor({ commonName: 'admin', organizations: ['system:masters'] }), description),
    url,
    ca,
    folder,
    clientFor,
    kubeconfig: (user) => writeKubeconfig(folder, url, user),
    execCalls: () => lines('exec-calls'),
    auditEvents: () => lines('audit.log').map((line): unknown => JSON.parse(line)),
  };
}
