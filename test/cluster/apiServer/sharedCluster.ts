// One API server with the default options for all test files that do not need their own.

import { type StartedApiServer, startApiServer } from './apiServer.ts';
import { attachApiServer } from './attachApiServer.ts';
import type { Cluster } from './cluster.ts';
import { externalCluster } from './externalCluster.ts';

const attachVariable = 'KUBEHARDEN_TEST_API_SERVER';

/**
 * The cluster that `KUBEHARDEN_TEST_KUBECONFIG` names; else the server that the test command has started; else, where a
 * test file is run by itself, a server of its own, which ends with the process.
 */
export async function sharedCluster(): Promise<Cluster> {
  const kubeconfig = process.env.KUBEHARDEN_TEST_KUBECONFIG;
  if (kubeconfig) return externalCluster(kubeconfig);
  const folder = process.env[attachVariable];
  return folder === undefined ? startApiServer() : attachApiServer(folder);
}

/** For the test command: what {@link sharedCluster} finds in processes that get `env`. */
export async function startSharedCluster(): Promise<{
  readonly description: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}> {
  const kubeconfig = process.env.KUBEHARDEN_TEST_KUBECONFIG;
  if (kubeconfig) {
    const { admin, description } = await externalCluster(kubeconfig);
    admin.close();
    return { description, env: {}, stop: async () => {} };
  }
  const server: StartedApiServer = await startApiServer();
  return { description: server.description, env: { [attachVariable]: server.folder }, stop: server.stop };
}
