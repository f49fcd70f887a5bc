// `kubeharden cluster`: the same formats and exit codes as for files, and nothing but reading.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { type ClusterOptions, parseCommandLine } from '../../server/src/cli/commandLine.ts';
import { fakeServer, kubeconfigFor, scratchFolder } from '../cluster/connectTo.ts';
import type { Reply, SeenRequest } from '../cluster/fakeApiServer.ts';
import { repositoryRoot } from '../support/repository.ts';
import type { CliResult } from './runCli.ts';

function options(...args: string[]): ClusterOptions {
  const command = parseCommandLine(['cluster', ...args]);
  assert.ok(command.kind === 'cluster', JSON.stringify(command));
  return command.options;
}

describe('options', () => {
  test('name what is judged', () => {
    const { context, namespaces, includeSystem, readsSecretMetadata, failOn } = options(
      '--context=prod',
      '-n',
      'a,b',
      '--namespace',
      'c',
      '--system',
      '--fail-on',
      'error',
    );
    assert.deepEqual(
      { context, namespaces, includeSystem, readsSecretMetadata, failOn },
      {
        context: 'prod',
        namespaces: ['a', 'b', 'c'],
        includeSystem: true,
        readsSecretMetadata: false,
        failOn: 'error',
      },
    );
  });

  test('that are wrong are said', () => {
    const problem = (...args: string[]) => {
      const command = parseCommandLine(['cluster', ...args]);
      return command.kind === 'usage-error' ? command.message : command.kind;
    };
    assert.match(problem('prod'), /--context prod/);
    assert.match(problem('--contxt=prod'), /Did you mean "--context"/);
    assert.match(problem('--format=xml'), /--format takes/);
  });
});

const deployment = (namespace: string) => ({
  metadata: { name: 'web', namespace, uid: namespace },
  spec: {
    template: { spec: { containers: [{ name: 'web', image: 'nginx:1', securityContext: { privileged: true } }] } },
  },
});

function cluster({ path, method, headers }: SeenRequest): Reply {
  const [address] = path.split('?');
  if (headers.authorization === undefined) return { kind: 'status', code: 401, message: 'Unauthorized' };
  if (method === 'POST') return { kind: 'json', body: { status: { allowed: true } }, status: 201 };
  switch (address) {
    case '/version':
      return { kind: 'json', body: { gitVersion: 'v1.37.2', minor: '37' } };
    case '/api':
      return { kind: 'json', body: { kind: 'APIGroupDiscoveryList', items: [] } };
    case '/apis': {
      const resources = [{ resource: 'deployments', responseKind: { kind: 'Deployment' }, scope: 'Namespaced' }];
      const items = [
        { metadata: { name: 'apps' }, versions: [{ version: 'v1', resources }] },
        { metadata: { name: 'rbac.authorization.k8s.io' }, versions: [] },
      ];
      return { kind: 'json', body: { kind: 'APIGroupDiscoveryList', items } };
    }
    case '/metrics':
      return { kind: 'status', code: 403, message: 'forbidden' };
    case '/apis/apps/v1/deployments':
      return { kind: 'json', body: { metadata: {}, items: [deployment('shop'), deployment('kube-system')] } };
    default:
      return { kind: 'status', code: 404, message: 'not found' };
  }
}

/** The server lives in this process, so the command must not block it. */
async function run(t: TestContext, kubeconfig: unknown, ...args: readonly string[]): Promise<CliResult> {
  const folder = scratchFolder(t);
  const path = join(folder, 'config');
  if (kubeconfig !== undefined) writeFileSync(path, JSON.stringify(kubeconfig));
  const child = spawn(process.execPath, [join(repositoryRoot, 'server/src/cli/main.ts'), 'cluster', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, KUBECONFIG: path },
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  return { code, stdout, stderr };
}

describe('a cluster', () => {
  test('is reported by object, with the field, and what could not be told', async (t) => {
    const server = await fakeServer(t, cluster);
    const { code, stdout, stderr } = await run(t, kubeconfigFor(server, {}));
    assert.equal(stderr, '');
    assert.equal(code, 1);
    assert.match(stdout, /^Deployment shop\/web$/m);
    assert.match(stdout, /^ {4}spec\.template\.spec\.containers\[0\]\.securityContext\.privileged$/m);
    assert.doesNotMatch(stdout, /kube-system\/web/);
    assert.match(stdout, /^Not verifiable$/m);
    assert.match(stdout, /It would take: .*get \/metrics/);
    const alike =
      /^ {2}secrets\/last-applied-leak\n(?: {2}[\w/-]+\n)* {4}Secrets are read only where the settings allow it.*$/m;
    assert.match(stdout, alike, 'what several checks lack is said once');
    assert.equal(
      stdout.match(/^ {4}Secrets are read only where the settings allow it, and then without their data\.$/gm)?.length,
      1,
    );
    assert.match(stdout, /in 2 objects of test, Kubernetes v1\.37\.2\.$/m);
    assert.ok(server.seen.every(({ method, path }) => method === 'GET' || path.includes('selfsubject')));
  });

  test('can be read by programs', async (t) => {
    const server = await fakeServer(t, cluster);
    const config = kubeconfigFor(server, {});
    const json = JSON.parse((await run(t, config, '--format=json', '--system')).stdout);
    const files = new Set(json.findings.map(({ file }: { file: string }) => file));
    assert.ok(files.has('test/apps/Deployment/shop/web') && files.has('test/apps/Deployment/kube-system/web'));
    const sarif = JSON.parse((await run(t, config, '--format=sarif')).stdout);
    assert.ok(sarif.runs[0].results.length > 0);
    assert.match((await run(t, config, '-f', 'junit')).stdout, /<testsuite name="test\/apps\/Deployment\/shop\/web"/);
    assert.match(
      (await run(t, config, '-f', 'github')).stdout,
      /^::error file=test\/apps\/Deployment\/shop\/web,line=1/m,
    );
    assert.match(
      (await run(t, config, '-q')).stdout,
      /^test\/apps\/Deployment\/shop\/web: error: .* \[pod\/privileged\]$/m,
    );
  });

  test('passes where nothing is as bad as asked for', async (t) => {
    const server = await fakeServer(t, (request) =>
      request.path.startsWith('/apis/apps') ? { kind: 'json', body: { items: [] } } : cluster(request),
    );
    const { code } = await run(t, kubeconfigFor(server, {}), '--fail-on=error');
    assert.equal(code, 0);
  });

  test('that cannot be read is trouble, with a sentence', async (t) => {
    const server = await fakeServer(t, () => ({ kind: 'status', code: 401, message: 'Unauthorized' }));
    const config = kubeconfigFor(server, {});
    const refused = await run(t, config);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^kubeharden: The cluster does not know who you are \(401\)/);
    const unknown = await run(t, config, '--context=prod');
    assert.deepEqual(unknown, {
      code: 2,
      stdout: '',
      stderr: 'kubeharden: The kubeconfig has no context "prod". It has: test.\n',
    });
    const none = await run(t, undefined);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /There is no kubeconfig/);
  });

  test("runs the kubeconfig's own command, for whoever typed this one", async (t) => {
    const server = await fakeServer(t, cluster);
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'of-the-plugin' },
    };
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', `console.log(${JSON.stringify(JSON.stringify(credential))})`],
      interactiveMode: 'Never',
    };
    const { code, stdout } = await run(t, kubeconfigFor(server, { user: { exec } }), '--fail-on=error');
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /of-the-plugin/);
    assert.ok(server.seen.some(({ headers }) => headers.authorization === 'Bearer of-the-plugin'));
  });
});
