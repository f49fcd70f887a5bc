// Whatever leaves the cluster process and the command line: reports, progress, questions, sentences, objects, output.
// Secrets are planted everywhere in the cluster and in the kubeconfig, and must not be in any of it.

import assert from 'node:assert/strict';
import { execFile, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { ClusterModel } from '../../../client/src/clusterFindings/clusterModel.ts';
import { runCluster } from '../../../server/src/cli/cluster/runCluster.ts';
import { parseCommandLine, reportFormats } from '../../../server/src/cli/commandLine.ts';
import type { Terminal } from '../../../server/src/cli/terminal.ts';
import {
  type ContextList,
  type DryRunResult,
  dryRunMethod,
  environmentMethod,
  listContextsMethod,
  mayRunMethod,
  type ReadObjectResult,
  readObjectMethod,
  type ScanResult,
  scanMethod,
  scanProgressMethod,
  whatIfPodSecurityMethod,
} from '../../../server/src/cluster/index.ts';
import { serveClusterProcess } from '../../../server/src/cluster/process/serveClusterProcess.ts';
import { repositoryRoot } from '../../support/repository.ts';
import { spoken } from '../../support/spoken.ts';
import { fakeServer, scratchFolder } from '../connectTo.ts';
import { assertSilent, plantedContexts, plantedReply, plantedSecret, plantKubeconfig } from '../plantedCluster.ts';

const contexts = [...plantedContexts.answered, ...plantedContexts.failing];

for (const repeats of [false, true]) {
  test(`nothing secret leaves the cluster process${repeats ? ', though the server repeats what it is sent' : ''}`, async (t) => {
    const server = await fakeServer(t, (request) => plantedReply(request, repeats));
    const { folder, variable, everything: secrets, pluginToken } = await plantKubeconfig(t, server);
    const program = join(repositoryRoot, 'server/src/cluster/process/main.ts');
    const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: variable };
    const child = fork(program, { env, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    // All that it says, as it says it.
    let said = '';
    child.on('message', (message) => (said += `${JSON.stringify(message)}\n`));
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    t.after(() => {
      connection.dispose();
      child.kill('SIGKILL');
    });
    let progress = 0;
    connection.onRequest(mayRunMethod, () => true);
    connection.onNotification(scanProgressMethod, () => {
      progress++;
    });
    connection.listen();
    await connection.sendNotification(environmentMethod, {
      userAgent: 'kubeharden/test',
      isTrusted: true,
      workspaceFolders: [],
    });
    const listed = await connection.sendRequest<ContextList>(listContextsMethod);
    const model = new ClusterModel();
    model.listed(spoken(listed));
    const found = new Set<string>();
    const ends = new Map<string, ScanResult['kind']>();
    for (const contextName of contexts) {
      const params = { contextName, profile: 'all', readsSecretMetadata: true };
      const result = await connection.sendRequest<ScanResult>(scanMethod, params);
      ends.set(contextName, result.kind);
      if (result.kind === 'report') for (const { ruleId } of result.report.findings) found.add(ruleId);
      model.scanEnded(contextName, spoken(result));
      // What the tree and its tooltips are made of.
      assertSilent(JSON.stringify(model.stateOf(contextName)), secrets, 'the model of the view');
    }
    const identity = { group: '', version: 'v1', kind: 'Secret', namespace: 'shop', name: 'database' };
    const read = await connection.sendRequest<ReadObjectResult>(readObjectMethod, {
      contextName: 'token',
      object: identity,
      path: ['data', 'password'],
    });
    const tried = await connection.sendRequest<DryRunResult>(dryRunMethod, {
      contextName: 'token',
      objects: [{ documentIndex: 0, object: plantedSecret }],
    });
    await connection.sendRequest(whatIfPodSecurityMethod, {
      contextName: 'token',
      namespace: 'shop',
      level: 'restricted',
    });
    assertSilent(said, secrets, 'what the process says');
    assertSilent(output, secrets, 'its output');

    // It all went through what was planted.
    assert.deepEqual(
      Object.fromEntries(contexts.map((name) => [name, ends.get(name)])),
      Object.fromEntries([
        ...plantedContexts.answered.map((name) => [name, 'report']),
        ...plantedContexts.failing.map((name) => [name, 'unreachable']),
      ]),
    );
    assert.match(spoken(listed).problems.join('\n'), /broken: The kubeconfig is not valid YAML at line 3/);
    assert.ok(progress > 0 && said.includes('"fingerprint"') && said.includes('[hidden]'));
    assert.ok(found.has('secrets/hardcoded-env') && found.has('pod/privileged'), [...found].join(' '));
    assert.ok(server.seen.some(({ headers }) => headers.authorization === `Bearer ${pluginToken}`));
    assert.equal(read.kind, repeats ? 'trouble' : 'object');
    assert.ok(read.kind !== 'object' || (read.yaml.includes('password: ""') && read.yaml.includes('app: shop')));
    assert.ok(tried.kind === 'verdicts');
    assert.equal(tried.verdicts[0]?.outcome, repeats ? 'denied' : 'admitted');
  });

  test(`nothing secret is printed by kubeharden cluster${repeats ? ', whatever the server repeats' : ''}`, async (t) => {
    const server = await fakeServer(t, (request) => plantedReply(request, repeats));
    const { folder, variable, everything: secrets } = await plantKubeconfig(t, server);
    const before = process.env.KUBECONFIG;
    process.env.KUBECONFIG = variable;
    t.after(() => {
      if (before === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = before;
    });
    const run = async (...args: string[]) => {
      const command = parseCommandLine(['cluster', '--profile', 'all', ...args]);
      assert.ok(command.kind === 'cluster');
      let output = '';
      const write = (text: string) => {
        output += text;
      };
      const terminal: Terminal = {
        currentDirectory: folder,
        write,
        writeError: write,
        hasColor: false,
        hasColorOnError: false,
        readStandardInput: async () => Buffer.alloc(0),
      };
      await runCluster(command.options, terminal);
      return output;
    };
    for (const format of reportFormats) {
      const output = await run('--context', 'token', '--format', format, '--secret-metadata', '--system');
      assertSilent(output, secrets, format);
      assert.match(output, /privileged/);
      assert.match(output, /broken: The kubeconfig is not valid YAML at line 3/);
    }
    await run('--context', 'plugin', '--output', 'report');
    assertSilent(readFileSync(join(folder, 'report'), 'utf8'), secrets, 'a file');
    for (const context of plantedContexts.failing) {
      const output = await run('--context', context);
      assertSilent(output, secrets, `the sentence for ${context}`);
      assert.match(output, /^kubeharden: The /m);
    }
    assertSilent(await run(), secrets, 'the question for a context');
  });
}

test('nothing secret is printed by the program itself, nor by what it starts', async (t) => {
  const server = await fakeServer(t, (request) => plantedReply(request, true));
  const { folder, variable, everything: secrets } = await plantKubeconfig(t, server);
  const program = join(repositoryRoot, 'server/src/cli/main.ts');
  const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: variable };
  for (const context of ['plugin', 'failing']) {
    const output = await new Promise<string>((resolve) =>
      execFile(
        process.execPath,
        [program, 'cluster', '--context', context],
        { cwd: folder, env },
        (_, stdout, stderr) => resolve(`${stdout}\n${stderr}`),
      ),
    );
    assertSilent(output, secrets, context);
    assert.match(output, context === 'plugin' ? /pod\/privileged/ : /failed \(1\)/);
  }
});

const canary = 'jabberwocky';

test('what fails inside the cluster process is told without the words of the error, which may quote what was read', async (t) => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const served = createMessageConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  t.after(() => [served, client].map((connection) => connection.dispose()));
  let sent = '';
  toClient.on('data', (chunk) => (sent += chunk));
  const variables = new Proxy<Record<string, string>>(
    {},
    {
      get() {
        throw new SyntaxError(`Unexpected token in ${canary}\n    at ${canary}`);
      },
    },
  );
  serveClusterProcess(served, variables);
  for (const connection of [served, client]) connection.listen();
  for (const [method, params] of [
    [listContextsMethod],
    [scanMethod, { contextName: 'a', readsSecretMetadata: false }],
    [readObjectMethod, { contextName: 'a', object: {} }],
    [dryRunMethod, { contextName: 'a', objects: [] }],
    [whatIfPodSecurityMethod, { contextName: 'a', namespace: 'b', level: 'restricted' }],
  ] as const) {
    const failed: unknown = await (params === undefined
      ? client.sendRequest(method)
      : client.sendRequest(method, params)
    ).catch((error: unknown) => error);
    assert.ok(failed instanceof Error, method);
    // Who reports it can still say where it was.
    assert.match(failed.message, /: SyntaxError\n {4}at .*ClusterSessions/s);
  }
  assert.ok(sent.length > 500 && !sent.includes(canary), sent);
});

test('a cluster process that crashes is heard of by its exit code alone', async (t) => {
  const folder = scratchFolder(t);
  const program = join(folder, 'crashing.cjs');
  writeFileSync(
    program,
    `console.log('${canary}'); console.error('${canary}');
    process.on('message', () => { throw Object.assign(new Error('${canary}'), { kubeconfig: '${canary}' }) })`,
  );
  const clusterProcess = pathToFileURL(join(repositoryRoot, 'client/src/clusterFindings/clusterProcess.ts')).href;
  const host = `
    import { ClusterProcess } from ${JSON.stringify(clusterProcess)};
    const started = new ClusterProcess({
      program: ${JSON.stringify(program)},
      environment: () => ({ userAgent: '', isTrusted: true, workspaceFolders: [] }),
      onExit: (code) => console.log('ended with ' + code),
    });
    await started.contexts().catch((error) => console.log('failed: ' + error.message));
  `;
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, ['--input-type=module', '-e', host], (_error, stdout, stderr) =>
      resolve(`${stdout}\n${stderr}`),
    ),
  );
  assert.match(output, /^ended with [1-9]/m);
  assert.match(output, /^failed: /m);
  assert.ok(!output.includes(canary), output);
});
