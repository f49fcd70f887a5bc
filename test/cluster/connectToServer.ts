import {
  type ClusterClient,
  createClusterClient,
  createPluginPermissions,
  readKubeconfig,
} from '../../server/src/cluster/index.ts';
import type { CertificateRequest } from '../support/certificates.ts';
import type { ApiServer } from './apiServer/attachApiServer.ts';
import type { TestUser } from './apiServer/options.ts';

/** A client for a real API server, as a face makes one from a kubeconfig; plugins may run. */
export async function connectToServer(server: ApiServer, user: TestUser | CertificateRequest): Promise<ClusterClient> {
  const explicitFile = server.kubeconfig(user);
  const environment = { PATH: process.env.PATH };
  const { contexts } = await readKubeconfig({ environment, explicitFile, workspaceFolders: [] });
  const [context] = contexts;
  if (context === undefined) throw new Error(`${explicitFile} has no context`);
  return createClusterClient({
    context,
    environment,
    permissions: createPluginPermissions(
      () => true,
      async () => true,
    ),
    userAgent: 'kubeharden/0',
  });
}
