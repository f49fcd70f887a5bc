// Whatever leaves the cluster process and the command line: reports, progress, sentences, objects, output. Tokens, keys,
// values of Secrets, what plugins print and what a kubeconfig says are planted everywhere, and must not be in any of it.

import assert from 'node:assert/strict';
import { execFile, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { ClusterModel } from '../../../client/src/clusterFindings/clusterModel.ts';
import {
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
import { repositoryRoot } from '../../support/repository.ts';
import { base64, fakeServer, kubeconfigFor, scratchFolder } from '../connectTo.ts';
import type { FakeApiServer, Reply, SeenRequest } from '../fakeApiServer.ts';
import { writeFakePlugin } from '../fakePlugin.ts';
import { shopReply } from '../shopCluster.ts';

// Nothing about them looks like a secret, so only what knows them, or never had them, keeps them.
const token = 'swordfish-token';
const pluginToken = 'abracadabra-token';
const pluginVariable = 'rosebud-variable';
const password = 'opensesame-password';
const extension = 'friend-extension';
const secretValue = 'mellon-value';
const environmentValue = 'shibboleth-value';
const argument = 'xyzzy-argument';
const configValue = 'plugh-value';

const lastApplied = {
  'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data: { password: secretValue } }),
};
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'database', namespace: 'shop', uid: 's', annotations: lastApplied },
  data: { password: base64(secretValue), plain: secretValue },
  stringData: { password: secretValue },
};
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop', uid: 'c' },
  data: { DATABASE_PASSWORD: configValue, url: `postgres://shop:${configValue}@database/shop` },
};
const container = {
  name: 'web',
  image: 'nginx:1',
  env: [
    { name: 'DATABASE_PASSWORD', value: environmentValue },
    { name: 'DATABASE_URL', value: `postgres://shop:${environmentValue}@database/shop` },
  ],
  args: [`--password=${argument}`],
  command: ['sh', '-c', `curl -H "Authorization: Bearer ${argument}" https://shop.example`],
  securityContext: { privileged: true },
};
const labels = { app: 'web' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'd', labels, annotations: lastApplied },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
};
const pod = {
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    uid: 'p',
    labels,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true }],
  },
  spec: { containers: [container, { ...container, name: 'injected' }] },
};
const objects: Readonly<Record<string, object>> = {
  '/api/v1/secrets': secret,
  '/api/v1/configmaps': configMap,
  '/api/v1/pods': pod,
  '/apis/apps/v1/deployments': deployment,
  '/api/v1/namespaces/shop/secrets/database': secret,
};

/** A server that sends more than it is asked for; `repeats` makes it say what it was sent, too. */
function plantedReply(request: SeenRequest, repeats: boolean): Reply {
  const { method, headers, body } = request;
  const [address = ''] = request.path.split('?');
  const told = `${headers.authorization} ${body}`;
  if (method === 'POST') return { kind: 'json', status: 201, body: { status: { allowed: true } } };
  if (method === 'PATCH' && repeats) {
    const causes = [{ field: 'data.password', message: `Invalid value: ${told}` }];
    return { kind: 'json', status: 422, body: { message: `no: ${told}`, details: { causes } } };
  }
  const warning = `299 - "${told.replaceAll(/["\\]/g, '\\$&')}"`;
  if (method === 'PATCH') return { kind: 'json', body: {}, headers: { warning } };
  if (address === '/api') {
    const known = shopReply(request);
    assert.ok(known.kind === 'json');
    const [core] = (known.body as { items: { versions: { resources: object[] }[] }[] }).items;
    const more = [
      { resource: 'secrets', responseKind: { kind: 'Secret' }, scope: 'Namespaced' },
      { resource: 'configmaps', responseKind: { kind: 'ConfigMap' }, scope: 'Namespaced' },
    ];
    core?.versions[0]?.resources.push(...more);
    return known;
  }
  const object = objects[address];
  if (object === undefined) {
    const reply = shopReply(request);
    return reply.kind === 'status' ? { ...reply, message: `${reply.message} ${told}` } : reply;
  }
  if (repeats && address !== '/apis/apps/v1/deployments')
    return { kind: 'status', code: 400, message: `panic: ${told}` };
  return {
    kind: 'json',
    headers: { warning },
    body: address.startsWith('/api/v1/namespaces/') ? object : { metadata: {}, items: [object] },
  };
}

const contexts = ['token', 'certificate', 'plugin', 'failing', 'password', 'provider'] as const;

interface Planted {
  readonly folder: string;
  readonly kubeconfig: string;
  /** Everything that must not be seen. */
  readonly secrets: readonly string[];
}

/** A kubeconfig with a context for each way to sign in. */
function plantKubeconfig(test: TestContext, server: FakeApiServer): Planted {
  const folder = scratchFolder(test);
  const { certificate, key } = server.clientCertificate('alice');
  writeFakePlugin(folder, `console.error('${pluginToken}'); print({ token: '${pluginToken}' })`, 'plugin');
  writeFakePlugin(folder, `console.log('token: ${pluginToken}1'); process.exit(1)`, 'failing');
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    env: [{ name: 'SECRET', value: pluginVariable }],
  };
  const users = {
    token: { token },
    certificate: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key), token },
    plugin: { exec: { ...exec, command: './plugin' } },
    failing: { exec: { ...exec, command: './failing' } },
    password: { username: 'admin', password },
    provider: { 'auth-provider': { name: 'oidc', config: { 'refresh-token': token, 'client-secret': password } } },
  } satisfies Record<(typeof contexts)[number], object>;
  const { clusters } = kubeconfigFor(server, {}) as { clusters: { cluster: object }[] };
  const extensions = [{ name: 'other', extension: { key: extension } }];
  const content = {
    clusters: clusters.map(({ cluster }) => ({ name: 'fake', cluster: { ...cluster, extensions } })),
    contexts: contexts.map((name) => ({ name, context: { cluster: 'fake', user: name } })),
    users: contexts.map((name) => ({ name, user: users[name] })),
    'current-context': 'token',
  };
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, JSON.stringify(content));
  const keyLines = key.split('\n').filter((line) => line.length > 20 && !line.startsWith('-'));
  const ofKubeconfig = [token, pluginToken, pluginVariable, password, extension, base64(key), ...keyLines];
  const ofCluster = [secretValue, base64(secretValue), environmentValue, argument, configValue];
  return { folder, kubeconfig, secrets: [...ofKubeconfig, ...ofCluster] };
}

function assertSilent(text: string, secrets: readonly string[], what: string): void {
  for (const secret of secrets) {
    const at = text.indexOf(secret);
    assert.ok(at < 0, `${secret.slice(0, 40)} in ${what}: ${text.slice(Math.max(0, at - 200), at + 100)}`);
  }
}

for (const repeats of [false, true]) {
  test(`nothing secret leaves the cluster process${repeats ? ', though the server repeats what it is sent' : ''}`, async (t) => {
    const server = await fakeServer(t, (request) => plantedReply(request, repeats));
    const { folder, kubeconfig, secrets } = plantKubeconfig(t, server);
    const program = join(repositoryRoot, 'server/src/cluster/process/main.ts');
    const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: kubeconfig };
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
    await connection.sendRequest(listContextsMethod);
    const model = new ClusterModel();
    const found = new Set<string>();
    const ends = new Map<string, ScanResult['kind']>();
    for (const contextName of contexts) {
      const params = { contextName, profile: 'all', readsSecretMetadata: true };
      const result = await connection.sendRequest<ScanResult>(scanMethod, params);
      ends.set(contextName, result.kind);
      if (result.kind === 'report') for (const { ruleId } of result.report.findings) found.add(ruleId);
      model.scanEnded(contextName, result);
      // What the tree and its tooltips are made of.
      assertSilent(JSON.stringify(model.stateOf(contextName)), secrets, 'the model of the view');
    }
    const identity = { group: '', version: 'v1', kind: 'Secret', namespace: 'shop', name: 'database' };
    const read = await connection.sendRequest<ReadObjectResult>(readObjectMethod, {
      contextName: 'token',
      object: identity,
    });
    const tried = await connection.sendRequest<DryRunResult>(dryRunMethod, {
      contextName: 'token',
      objects: [{ documentIndex: 0, object: secret }],
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
      contexts.map((name) => ends.get(name)),
      ['report', 'report', 'report', 'unreachable', 'unreachable', 'unreachable'],
    );
    assert.ok(progress > 0 && said.includes('"fingerprint"'));
    assert.ok(found.has('secrets/hardcoded-env') && found.has('pod/privileged'), [...found].join(' '));
    assert.ok(server.seen.some(({ headers }) => headers.authorization === `Bearer ${pluginToken}`));
    assert.equal(read.kind, repeats ? 'trouble' : 'object');
    assert.ok(tried.kind === 'verdicts');
    assert.equal(tried.verdicts[0]?.outcome, repeats ? 'denied' : 'admitted');
  });

  test(`nothing secret is printed by kubeharden cluster${repeats ? ', whatever the server repeats' : ''}`, async (t) => {
    const server = await fakeServer(t, (request) => plantedReply(request, repeats));
    const { folder, kubeconfig, secrets } = plantKubeconfig(t, server);
    const program = join(repositoryRoot, 'server/src/cli/main.ts');
    for (const [context, format] of [
      ['plugin', 'text'],
      ['token', 'json'],
      ['token', 'sarif'],
      ['failing', 'text'],
    ] as const) {
      const args = [program, 'cluster', '--kubeconfig', kubeconfig, '--context', context, '--format', format];
      const output = await new Promise<string>((resolve) =>
        execFile(
          process.execPath,
          [...args, '--profile', 'all'],
          { cwd: folder, env: { PATH: process.env.PATH, HOME: folder } },
          (_error, stdout, stderr) => resolve(`${stdout}\n${stderr}`),
        ),
      );
      assertSilent(output, secrets, `${format} of ${context}`);
      assert.match(output, context === 'failing' ? /failed \(1\)/ : /pod\/privileged/);
    }
  });
}
