// A real Kubernetes API server for tests: etcd and kube-apiserver on free ports of the loopback interface, ready in
// seconds, any number of them side by side.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from './apiClient.ts';
import { type ApiServer, attachApiServer } from './attachApiServer.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { writeConfiguration } from './configuration.ts';
import { apiserverFlags, controllerManagerFlags, etcdFlags } from './flags.ts';
import { type ApiServerOptions, viewersGroup } from './options.ts';
import { freePorts, type Processes, processesIn } from './processes.ts';

export interface StartedApiServer extends ApiServer {
  /** Ends the API server at once, as a crash would; etcd stays. */
  crash(): Promise<void>;
  /** Ends everything at once and removes all files. */
  stop(): Promise<void>;
}

/**
 * Starts a server. It ends with this process, if not stopped before.
 *
 * @throws {Error} when there are no programs to start, or with the end of their output when they do not get ready
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<StartedApiServer> {
  const binaries = findBinaries();
  if ('missing' in binaries) throw new Error(`No API server: ${binaries.missing}`);
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), 'kubeharden-api-server-'));
    const processes = processesIn(folder);
    try {
      return await startIn(folder, processes, binaries, options);
    } catch (error) {
      await processes.stop();
      // Between our asking for a free port and the server's taking it, somebody else may have had it.
      const isPortTaken = error instanceof Error && error.message.includes('address already in use');
      if (!isPortTaken || attempt === 3) throw error;
    }
  }
}

async function startIn(
  folder: string,
  processes: Processes,
  binaries: Binaries,
  options: ApiServerOptions,
): Promise<StartedApiServer> {
  writeConfiguration(folder, options);
  const [port = 0, etcdPort = 0, etcdPeerPort = 0] = await freePorts(3);
  writeFileSync(join(folder, 'server.json'), JSON.stringify({ port, description: binaries.description }));
  const server = attachApiServer(folder);
  processes.start('etcd', binaries.etcd, etcdFlags(folder, etcdPort, etcdPeerPort));
  processes.start('kube-apiserver', binaries.kubeApiserver, apiserverFlags(folder, port, etcdPort, options));
  await ready(server.admin, processes);
  if (options.controllerManager === true) {
    if (binaries.kubeControllerManager === undefined) throw new Error('There is no kube-controller-manager');
    const kubeconfig = server.kubeconfig('admin');
    processes.start(
      'kube-controller-manager',
      binaries.kubeControllerManager,
      controllerManagerFlags(folder, kubeconfig),
    );
  }
  await fillViewRole(server.admin);
  await bindViewers(server.admin);
  return {
    ...server,
    crash: () => processes.kill('kube-apiserver'),
    async stop() {
      server.admin.close();
      await processes.stop();
    },
  };
}

/** Three seconds on an idle machine. */
async function ready(admin: ApiClient, processes: Processes): Promise<void> {
  const deadline = Date.now() + 120_000;
  let last = 'no answer';
  while (Date.now() < deadline) {
    const ended = processes.ended();
    if (ended !== undefined) throw new Error(`${ended.name} ended by itself:\n${ended.output}`);
    const answer = await admin.send('GET', '/readyz').catch((error: Error) => ({ status: 0, body: error.message }));
    if (answer.status === 200) return;
    last = String(answer.body);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`kube-apiserver is not ready after two minutes: ${last}`);
}

interface ClusterRole {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly rules: readonly unknown[] | null;
}

/** `view` is an aggregated role: until the controller has filled it, where one runs, it allows nothing. */
async function fillViewRole(admin: ApiClient): Promise<void> {
  const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
  const { items } = (await admin.expect('GET', path)) as { readonly items: readonly ClusterRole[] };
  const label = 'rbac.authorization.k8s.io/aggregate-to-view';
  const rules = items.filter(({ metadata }) => metadata.labels?.[label] === 'true').flatMap((role) => role.rules ?? []);
  await admin.expect('PATCH', `${path}/view`, { rules }, 'application/merge-patch+json');
}

async function bindViewers(admin: ApiClient): Promise<void> {
  await admin.expect('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: 'viewers' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: viewersGroup }],
  });
}
