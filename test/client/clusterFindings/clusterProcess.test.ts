// The client's side of the cluster process: when it starts, what it is told, and what happens when it dies.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { ClusterProcess } from '../../../client/src/clusterFindings/clusterProcess.ts';
import type { EnvironmentParams, ScanProgressParams } from '../../../server/src/cluster/protocol/index.ts';
import { createLocalizer } from '../../../server/src/sentences/index.ts';
import { kubeconfigFor, scratchFolder } from '../../cluster/connectTo.ts';
import { startShopCluster } from '../../cluster/shopCluster.ts';

const program = fileURLToPath(new URL('../../../server/src/cluster/process/main.ts', import.meta.url));
const token = 'b7c1e07d-of-the-kubeconfig';
const notCancelled = () => new CancellationTokenSource().token;

async function start(test: TestContext) {
  const cluster = await startShopCluster();
  const kubeconfig = join(scratchFolder(test), 'config');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(cluster, { user: { token } })), { mode: 0o600 });
  const progress: ScanProgressParams[] = [];
  const exits: (number | null)[] = [];
  let asked = 0;
  const environment: EnvironmentParams = {
    userAgent: 'kubeharden/test',
    isTrusted: true,
    workspaceFolders: [],
    kubeconfig,
  };
  const process = new ClusterProcess({
    program,
    environment: () => {
      asked++;
      return environment;
    },
    localize: createLocalizer(),
    mayRun: async () => false,
    onProgress: (params) => progress.push(params),
    onChanged: () => {},
    onExit: (code) => exits.push(code),
  });
  test.after(async () => {
    process.dispose();
    await cluster.close();
  });
  return { cluster, process, progress, exits, timesAsked: () => asked };
}

describe('the cluster process', () => {
  test('starts with the first request and not before, and contacts nobody to list contexts', async (t) => {
    const { cluster, process, timesAsked } = await start(t);
    process.environmentChanged();
    process.watch(undefined);
    const { contexts } = await process.contexts();
    assert.deepEqual(
      contexts.map(({ name }) => name),
      ['test'],
    );
    assert.equal(timesAsked(), 2, 'once for whoever is not there, once at the start');
    assert.equal(cluster.seen.length, 0);
  });

  test('scans with the name of the extension, and tells its progress', async (t) => {
    const { cluster, process, progress } = await start(t);
    const result = await process.scan({ contextName: 'test', readsSecretMetadata: false }, notCancelled());
    assert.ok(result.kind === 'report');
    assert.ok(
      result.report.findings.some(({ ruleId, object }) => ruleId === 'pod/privileged' && object.name === 'web'),
    );
    assert.match(result.report.clusterRole ?? '', /resources: \[nodes\b/);
    assert.ok(progress.some(({ reading }) => reading === 'deployments'));
    assert.ok(cluster.seen.every(({ headers }) => headers['user-agent'] === 'kubeharden/test'));
    assert.ok(!JSON.stringify(result).includes(token), 'no token in what the client gets');
    assert.ok(cluster.seen.some(({ headers }) => headers.authorization === `Bearer ${token}`));
  });

  test('is cancelled by the token', async (t) => {
    const { process } = await start(t);
    await process.contexts();
    const source = new CancellationTokenSource();
    const scan = process.scan({ contextName: 'test', readsSecretMetadata: false }, source.token);
    source.cancel();
    assert.equal((await scan).kind, 'cancelled');
  });

  test('that is ended rejects what is asked, and the next request starts another', async (t) => {
    const { process, exits } = await start(t);
    const asking = process.contexts();
    process.dispose();
    await assert.rejects(asking);
    assert.equal((await process.contexts()).contexts.length, 1);
    assert.deepEqual(exits, [], 'it did not end by itself');
  });
});
