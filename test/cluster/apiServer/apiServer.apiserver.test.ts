import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { apiClient, messageOf } from './apiClient.ts';
import { type StartedApiServer, startApiServer } from './apiServer.ts';
import { findBinaries } from './binaries.ts';

const binaries = findBinaries();
const withoutControllerManager =
  'missing' in binaries || binaries.kubeControllerManager !== undefined ? false : `not in ${binaries.description}`;

const labels = { app: 'web' };
const deployment = {
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } },
  },
};

describe('two servers side by side', () => {
  let plain: StartedApiServer;
  let hardened: StartedApiServer;

  before(async () => {
    [plain, hardened] = await Promise.all([
      startApiServer(),
      startApiServer({ encryption: 'secretbox', audit: true, anonymousAuth: false }),
    ]);
  });
  after(() => Promise.all([plain.stop(), hardened.stop()]));

  const status = async (server: StartedApiServer, path: string, ...groups: string[]) => {
    const client = server.clientFor({ commonName: 'somebody', organizations: groups });
    const answer = await client.send('GET', path);
    client.close();
    return answer.status;
  };

  test('the version is the one that was asked for', async () => {
    const version = (await plain.admin.expect('GET', '/version')) as { readonly gitVersion: string };
    assert.ok(plain.description.includes(version.gitVersion), plain.description);
    assert.match(version.gitVersion, /^v1\.\d+\.\d+$/);
  });

  test('each group may do what Kubernetes allows it', async () => {
    for (const server of [plain, hardened]) {
      assert.equal(await status(server, '/api/v1/pods', 'viewers'), 200);
      assert.equal(await status(server, '/api/v1/secrets', 'viewers'), 403);
      assert.equal(await status(server, '/api/v1/nodes', 'system:masters'), 200);
      assert.equal(await status(server, '/metrics', 'system:monitoring'), 200);
      assert.equal(await status(server, '/api/v1/pods', 'system:monitoring'), 403);
      assert.equal(await status(server, '/api/v1/pods'), 403);
    }
  });

  test('a request without credentials is let in or not', async () => {
    for (const server of [plain, hardened]) {
      const client = apiClient(server.url, { ca: server.ca });
      const { status } = await client.send('GET', '/version');
      assert.equal(status, server === plain ? 200 : 401);
      client.close();
    }
  });

  test('encryption and auditing show in the metrics', async () => {
    const secret = { metadata: { name: 'hidden' }, stringData: { key: 'value' } };
    for (const server of [plain, hardened]) {
      await server.admin.expect('POST', '/api/v1/namespaces/default/secrets', secret);
      const metrics = String(await server.admin.expect('GET', '/metrics'));
      assert.equal(metrics.includes('transformer_prefix="k8s:enc:secretbox:v1:"'), server === hardened);
      assert.equal(server.auditEvents().length > 0, server === hardened);
    }
  });

  test('the credential plugin prints a token that the server takes, and its calls are counted', async () => {
    const { users } = JSON.parse(readFileSync(plain.kubeconfig('exec'), 'utf8')) as {
      readonly users: readonly { readonly user: { readonly exec: { readonly command: string } } }[];
    };
    const output = execFileSync(users[0]?.user.exec.command ?? '', {
      encoding: 'utf8',
      env: { KUBERNETES_EXEC_INFO: '{"kind":"ExecCredential"}' },
    });
    assert.deepEqual(plain.execCalls(), ['{"kind":"ExecCredential"}']);
    const { status } = JSON.parse(output) as { readonly status: { readonly token: string } };
    const client = apiClient(plain.url, { ca: plain.ca, headers: { authorization: `Bearer ${status.token}` } });
    await client.expect('GET', '/api/v1/pods');
    client.close();
  });

  test('a crash ends the connection, and a stop leaves nothing behind', async () => {
    const server = await startApiServer({ emulatedVersion: '1.35' });
    const version = (await server.admin.expect('GET', '/version')) as { readonly emulationMinor: string };
    assert.equal(version.emulationMinor, '35');
    await server.crash();
    await assert.rejects(server.admin.send('GET', '/version'), /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up/);
    await server.stop();
    assert.ok(!existsSync(server.folder));
  });
});

describe('with a controller manager', { skip: withoutControllerManager }, () => {
  test('a Deployment gets its pods', async () => {
    const server = await startApiServer({ controllerManager: true });
    try {
      await server.admin.expect('POST', '/apis/apps/v1/namespaces/default/deployments', deployment);
      const deadline = Date.now() + 60_000;
      let pods: readonly unknown[] = [];
      while (pods.length === 0 && Date.now() < deadline) {
        const list = await server.admin.expect('GET', '/api/v1/namespaces/default/pods');
        pods = (list as { readonly items: readonly unknown[] }).items;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.equal(pods.length, 1);
    } finally {
      await server.stop();
    }
  });
});

test('a server that cannot start says why', async () => {
  await assert.rejects(startApiServer({ flags: ['--no-such-flag'] }), /unknown flag: --no-such-flag/);
});

test('a namespace takes pods, and admission refuses by its labels', async () => {
  const server = await startApiServer();
  try {
    await server.createNamespace('strict', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    const pod = { metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image: 'web' }] } };
    const answer = await server.admin.send('POST', '/api/v1/namespaces/strict/pods?dryRun=All', pod);
    assert.equal(answer.status, 403);
    assert.match(messageOf(answer), /violates PodSecurity "restricted:latest"/);
    await server.createNamespace('lenient');
    await server.admin.expect('POST', '/api/v1/namespaces/lenient/pods', pod);
  } finally {
    await server.stop();
  }
});
