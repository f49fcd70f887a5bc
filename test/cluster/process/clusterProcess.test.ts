// The cluster process as the extension meets it: forked, over its channel.
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import {
  type ChangedParams,
  type ContextList,
  changedMethod,
  type EnvironmentParams,
  environmentMethod,
  type JudgeAgainResult,
  judgeAgainMethod,
  listContextsMethod,
  type MayRunParams,
  mayRunMethod,
  type ScanParams,
  type ScanProgressParams,
  type ScanResult,
  scanMethod,
  scanProgressMethod,
  watchMethod,
} from '../../../server/src/cluster/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { spoken } from '../../support/spoken.ts';
import { fakeServer, kubeconfigFor, scratchFolder } from '../connectTo.ts';
import type { FakeApiServer, Reply, SeenRequest } from '../fakeApiServer.ts';

const program = fileURLToPath(new URL('../../../server/src/cluster/process/main.ts', import.meta.url));

interface Started {
  readonly connection: MessageConnection;
  readonly child: ChildProcess;
  /** Path of the file. */
  readonly kubeconfig: string;
}

/** Forks the process with a kubeconfig of its own and nothing of the surroundings. */
function start(test: TestContext, kubeconfig: unknown, environment: Partial<EnvironmentParams> = {}): Started {
  const folder = scratchFolder(test);
  const path = join(folder, 'config');
  writeFileSync(path, JSON.stringify(kubeconfig));
  const child = fork(program, { env: { PATH: process.env.PATH, HOME: folder, KUBECONFIG: path }, stdio: 'pipe' });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  test.after(() => {
    connection.dispose();
    child.kill('SIGKILL');
  });
  const params: EnvironmentParams = {
    userAgent: 'kubeharden/test',
    isTrusted: true,
    workspaceFolders: [],
    ...environment,
  };
  void connection.sendNotification(environmentMethod, params);
  return { connection, child, kubeconfig: path };
}

const scanParams: ScanParams = { contextName: 'test', readsSecretMetadata: false };

const deployment = {
  metadata: { name: 'web', namespace: 'shop', uid: 'd' },
  spec: {
    template: { spec: { containers: [{ name: 'web', image: 'nginx:1', securityContext: { privileged: true } }] } },
  },
};

/** A small cluster: one Deployment, everything may be listed. */
function smallCluster({ method, path, body }: SeenRequest): Reply {
  const [address] = path.split('?');
  if (method === 'POST' && address?.endsWith('selfsubjectaccessreviews') === true) {
    assert.match(body, /"verb":"list"/);
    return { kind: 'json', body: { status: { allowed: true } }, status: 201 };
  }
  switch (address) {
    case '/version':
      return { kind: 'json', body: { gitVersion: 'v1.37.2', minor: '37', platform: 'linux/amd64' } };
    case '/api':
      return { kind: 'json', body: { kind: 'APIGroupDiscoveryList', items: [] } };
    case '/apis':
      return {
        kind: 'json',
        body: {
          kind: 'APIGroupDiscoveryList',
          items: [
            {
              metadata: { name: 'apps' },
              versions: [
                {
                  version: 'v1',
                  resources: [{ resource: 'deployments', responseKind: { kind: 'Deployment' }, scope: 'Namespaced' }],
                },
              ],
            },
          ],
        },
      };
    case '/apis/apps/v1/deployments':
      return { kind: 'json', body: { metadata: {}, items: [deployment] } };
    default:
      return { kind: 'status', code: 404, message: 'not found' };
  }
}

const config = (server: FakeApiServer, user?: Readonly<Record<string, unknown>>) =>
  kubeconfigFor(server, user === undefined ? {} : { user });

describe('the cluster process', () => {
  test('lists contexts without contacting anybody', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const { connection } = start(t, config(server));
    const { contexts, problems } = await connection.sendRequest<ContextList>(listContextsMethod);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      contexts.map(({ name, server, isCurrent }) => ({ name, server, isCurrent })),
      [{ name: 'test', server: server.url, isCurrent: true }],
    );
    assert.equal(server.seen.length, 0);
  });

  test('scans, tells how far it is, and says what it took', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const { connection } = start(t, config(server));
    const progress: ScanProgressParams[] = [];
    connection.onNotification(scanProgressMethod, (params: ScanProgressParams) => {
      progress.push(params);
    });
    const result = await connection.sendRequest<ScanResult>(scanMethod, scanParams);
    assert.ok(result.kind === 'report');
    assert.ok(result.report.findings.some(({ ruleId }) => ruleId === 'pod/privileged'));
    assert.ok(progress.some(({ reading, contextName }) => reading === 'deployments' && contextName === 'test'));
    assert.ok(result.statistics.connections <= 6 + 1, 'six connections, and one without credentials');
    assert.ok(server.seen.every(({ headers }) => headers['user-agent'] === 'kubeharden/test'));
  });

  test('takes profile and rules from the client', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const { connection } = start(t, config(server));
    const rules = { 'pod/privileged': 'off', 'no/such-rule': 'error' };
    const result = await connection.sendRequest<ScanResult>(scanMethod, { ...scanParams, profile: 'all', rules });
    assert.ok(result.kind === 'report');
    const ids = result.report.findings.map(({ ruleId }) => ruleId);
    assert.ok(!ids.includes('pod/privileged'));
    assert.ok(ids.includes('image/digest'), 'a rule of profile all');
  });

  test('judges again what it read, by other settings, without asking the cluster', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const { connection } = start(t, config(server));
    const judgeAgain = (settings: object) =>
      connection.sendRequest<JudgeAgainResult>(judgeAgainMethod, { contextName: 'test', ...settings });
    assert.deepEqual(await judgeAgain({}), { kind: 'forgotten' }, 'nothing was read yet');
    const scanned = await connection.sendRequest<ScanResult>(scanMethod, scanParams);
    assert.ok(scanned.kind === 'report');
    const asked = server.seen.length;
    const idsBy = async (settings: object) => {
      const result = await judgeAgain(settings);
      assert.ok(result.kind === 'report');
      assert.equal(result.report.scannedAt, scanned.report.scannedAt);
      const { findings, profile, rules } = result.report;
      return { ids: findings.map(({ ruleId }) => ruleId), profile, rules };
    };
    const off = await idsBy({ rules: { 'pod/privileged': 'off' } });
    assert.ok(!off.ids.includes('pod/privileged'));
    const configuration = {
      uri: 'file:///shop/.kubeharden.yaml',
      text: 'rules: {pod/privileged: off}\nprofile: all\n',
    };
    const configured = await idsBy({ configuration, profile: 'guide' });
    assert.ok(!configured.ids.includes('pod/privileged'));
    assert.equal(configured.profile, 'all');
    assert.ok(configured.ids.includes('image/digest'), 'a rule of profile all');
    const forced = await idsBy({ configuration, forcedProfile: 'guide' });
    assert.equal(forced.profile, 'guide');
    assert.ok(!forced.rules.includes('pod/privileged'), 'what is switched off stays so');
    assert.ok(!forced.ids.includes('image/digest'));
    const again = await judgeAgain({});
    assert.deepEqual(again, { kind: 'report', report: scanned.report });
    assert.equal(server.seen.length, asked, 'nobody is asked');
  });

  test('can judge again though the connection is gone, and not once the context is', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const { connection, kubeconfig } = start(t, config(server));
    await connection.sendRequest<ScanResult>(scanMethod, scanParams);
    await server.close();
    assert.equal((await connection.sendRequest<ScanResult>(scanMethod, scanParams)).kind, 'unreachable');
    const judgeAgain = () => connection.sendRequest<JudgeAgainResult>(judgeAgainMethod, { contextName: 'test' });
    assert.equal((await judgeAgain()).kind, 'report');
    writeFileSync(kubeconfig, JSON.stringify({ apiVersion: 'v1', kind: 'Config' }));
    await connection.sendRequest(listContextsMethod);
    assert.equal((await judgeAgain()).kind, 'forgotten');
  });

  test('tells what changed since the lists were read, and misses nothing while nobody looks', async (t) => {
    const changes = ['web', 'api'];
    const server = await fakeServer(t, (request) => {
      const { pathname, searchParams } = new URL(request.path, 'https://cluster.example');
      if (pathname !== '/apis/apps/v1/deployments') return smallCluster(request);
      if (!searchParams.has('watch')) {
        return { kind: 'json', body: { metadata: { resourceVersion: '7' }, items: [deployment] } };
      }
      const since = Number(searchParams.get('resourceVersion'));
      const metadata = { name: changes[since - 7], namespace: 'shop', resourceVersion: String(since + 1) };
      return {
        kind: 'parts',
        parts: [`${JSON.stringify({ type: 'MODIFIED', object: { metadata } })}\n`],
        end: 'stay',
        everyMs: 1,
      };
    });
    const { connection } = start(t, config(server));
    const told: ChangedParams[] = [];
    const next = () => new Promise<void>((resolve) => (heard = resolve));
    let heard = () => {};
    connection.onNotification(changedMethod, (params: ChangedParams) => {
      told.push(params);
      heard();
    });
    await connection.sendRequest<ScanResult>(scanMethod, scanParams);
    for (const contextName of ['test', undefined, 'test']) {
      const change = next();
      await connection.sendNotification(watchMethod, { contextName });
      if (contextName !== undefined) await change;
    }
    assert.deepEqual(told.slice(0, 2), [
      { contextName: 'test', count: 1, isComplete: true },
      { contextName: 'test', count: 2, isComplete: true },
    ]);
    const given = next();
    await connection.sendNotification(environmentMethod, {
      userAgent: 'kubeharden/test',
      isTrusted: true,
      workspaceFolders: ['/elsewhere'],
    });
    await given;
    assert.deepEqual(told.at(-1), { contextName: 'test', count: 2, isComplete: false }, 'the connection was given up');
    const versions = server.seen.flatMap(({ path }) => /watch=true.*resourceVersion=(\d+)/.exec(path)?.[1] ?? []);
    assert.deepEqual(versions, ['7', '8'], 'no watch while nobody looks');
  });

  test('looks for a namespace that is no name, and finds nothing there', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const { connection } = start(t, config(server));
    const namespaces = ['../../../nodes', 'with space'];
    const result = await connection.sendRequest<ScanResult>(scanMethod, { ...scanParams, namespaces });
    assert.ok(result.kind === 'report');
    const lists = server.seen.map(({ path }) => path).filter((path) => path.startsWith('/apis/apps/v1/'));
    assert.ok(lists.some((path) => path.startsWith('/apis/apps/v1/namespaces/..%2F..%2F..%2Fnodes/deployments')));
    assert.ok(lists.some((path) => path.startsWith('/apis/apps/v1/namespaces/with%20space/deployments')));
  });

  test('says in a sentence why a cluster cannot be reached', async (t) => {
    const server = await fakeServer(t, () => ({ kind: 'status', code: 401, message: 'Unauthorized' }));
    const { connection } = start(t, config(server));
    const result = await connection.sendRequest<ScanResult>(scanMethod, scanParams);
    assert.ok(result.kind === 'unreachable');
    assert.match(inEnglish(result.message), /does not know who you are \(401\)/);
    const unknown = await connection.sendRequest<ScanResult>(scanMethod, { ...scanParams, contextName: 'other' });
    assert.deepEqual(spoken(unknown), {
      kind: 'unreachable',
      message: 'The kubeconfig has no context "other".',
      details: [],
    });
  });

  test('can be cancelled, and a second scan ends the first', async (t) => {
    const server = await fakeServer(t, (request) =>
      request.path.startsWith('/apis/apps') ? { kind: 'hang' } : smallCluster(request),
    );
    const { connection } = start(t, config(server));
    const reading = new Promise<void>((resolve) =>
      connection.onNotification(scanProgressMethod, (params: ScanProgressParams) => {
        if (params.reading === 'deployments') resolve();
      }),
    );
    const first = connection.sendRequest<ScanResult>(scanMethod, scanParams);
    await reading;
    const source = new CancellationTokenSource();
    const second = connection.sendRequest<ScanResult>(scanMethod, scanParams, source.token);
    assert.equal((await first).kind, 'cancelled');
    source.cancel();
    assert.equal((await second).kind, 'cancelled');
  });

  test('asks before it runs a command of the kubeconfig, and never in a workspace that is not trusted', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', ''],
      interactiveMode: 'Never',
    };
    const asked: MayRunParams[] = [];
    const trusted = start(t, config(server, { exec }));
    trusted.connection.onRequest(mayRunMethod, (params: MayRunParams) => {
      asked.push(params);
      return false;
    });
    const refused = await trusted.connection.sendRequest<ScanResult>(scanMethod, scanParams);
    assert.equal(refused.kind, 'unreachable');
    assert.deepEqual(
      asked.map(({ command, contextName }) => ({ command, contextName })),
      [{ command: process.execPath, contextName: 'test' }],
    );
    await trusted.connection.sendRequest<ScanResult>(scanMethod, scanParams);
    assert.equal(asked.length, 2, 'whoever scans again may have thought again');
    const untrusted = start(t, config(server, { exec }), { isTrusted: false });
    untrusted.connection.onRequest(mayRunMethod, () => assert.fail('nobody is asked'));
    const result = await untrusted.connection.sendRequest<ScanResult>(scanMethod, scanParams);
    assert.ok(result.kind === 'unreachable');
    assert.match(inEnglish(result.message), /trust/);
    assert.equal(server.seen.length, 0);
  });

  test('ends with the extension', async (t) => {
    const server = await fakeServer(t, smallCluster);
    const { connection, child } = start(t, config(server));
    await connection.sendRequest(listContextsMethod);
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  });
});
