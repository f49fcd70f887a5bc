// The connection against an API server as it is: credentials, permissions, dry runs, watches and a crash.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ClusterAnswer, ClusterClient, ClusterRequest } from '../../../server/src/cluster/index.ts';
import { type StartedApiServer, startApiServer } from '../apiServer/apiServer.ts';
import type { ApiServerOptions, TestUser } from '../apiServer/options.ts';
import { said } from '../connectTo.ts';
import { connectToServer } from '../connectToServer.ts';

/** `answered`, or why not: `forbidden`, `unauthorized`, ... */
const outcomeOf = (answer: ClusterAnswer) => (answer.outcome === 'refused' ? answer.reason : answer.outcome);

describe('a client of a real API server', () => {
  let server: StartedApiServer;

  before(async () => {
    server = await startApiServer();
  });
  after(() => server.stop());

  async function ask(user: TestUser, ...requests: readonly ClusterRequest[]): Promise<readonly string[]> {
    return using(user, async (client) =>
      (await Promise.all(requests.map((each) => client.request(each)))).map(outcomeOf),
    );
  }

  async function using<T>(user: TestUser, work: (client: ClusterClient) => Promise<T>): Promise<T> {
    const client = await connectToServer(server, user);
    try {
      return await work(client);
    } finally {
      client.close();
    }
  }

  test('sees what its user may see', async () => {
    const requests = ['/version', '/api/v1/pods', '/api/v1/nodes', '/api/v1/secrets', '/metrics'].map((path) => ({
      path,
    }));
    const no = 'forbidden';
    const yes = 'answered';
    assert.deepEqual(await ask('admin', ...requests), [yes, yes, yes, yes, yes]);
    assert.deepEqual(await ask('view', ...requests), [yes, yes, no, no, no]);
    assert.deepEqual(await ask('exec', ...requests), [yes, yes, no, no, no]);
    assert.deepEqual(await ask('monitoring', ...requests), [yes, no, no, no, yes]);
    assert.deepEqual(await ask('nobody', ...requests), [yes, no, no, no, no]);
  });

  test('says which permission is missing in the words of the server', async () => {
    await using('nobody', async (client) => {
      const answer = await client.request({ path: '/api/v1/pods' });
      assert.match(said(answer), /User "nobody" cannot list resource "pods" in API group "" at the cluster scope/);
    });
  });

  test('asks what it may do before it does', async () => {
    const review = (resource: string): ClusterRequest => ({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { spec: { resourceAttributes: { verb: 'list', resource } } },
    });
    await using('view', async (client) => {
      const answers = await Promise.all(['pods', 'secrets'].map((resource) => client.request(review(resource))));
      const allowed = answers.map((answer) =>
        answer.outcome === 'answered' ? (answer.body as { status: { allowed: boolean } }).status.allowed : undefined,
      );
      assert.deepEqual(allowed, [true, false]);
    });
  });

  test('runs a credential plugin once for all requests, over at most six connections', async () => {
    const before = server.execCalls().length;
    await using('exec', async (client) => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => client.request({ path: '/api/v1/pods?limit=1' })),
      );
      assert.deepEqual([...new Set(answers.map(outcomeOf))], ['answered']);
      assert.equal(client.statistics.execSpawns, 1);
      assert.ok(client.statistics.connections <= 6, String(client.statistics.connections));
    });
    const calls = server.execCalls().slice(before);
    assert.equal(calls.length, 1);
    const information = JSON.parse(calls[0] ?? '') as { readonly spec: { readonly interactive: boolean } };
    assert.equal(information.spec.interactive, false);
  });

  test('shows what admission says of a dry run, and stores nothing', async () => {
    await server.createNamespace('strict', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'web', image: 'web' }] },
    };
    await using('admin', async (client) => {
      const path = '/api/v1/namespaces/strict/pods';
      const denied = await client.request({ method: 'POST', path: `${path}?dryRun=All`, body: pod });
      assert.equal(outcomeOf(denied), 'forbidden');
      assert.match(said(denied), /violates PodSecurity "restricted:latest"/);
      const lenient = '/api/v1/namespaces/default/pods';
      await server.createNamespace('default');
      assert.equal(
        outcomeOf(await client.request({ method: 'POST', path: `${lenient}?dryRun=All`, body: pod })),
        'answered',
      );
      const list = await client.request({ path: lenient });
      assert.deepEqual(list.outcome === 'answered' && (list.body as { items: unknown[] }).items, []);
      await assert.rejects(client.request({ method: 'POST', path: lenient, body: pod }), TypeError);
    });
  });

  test('watches', async () => {
    await using('admin', async (client) => {
      const list = await client.request({ path: '/api/v1/namespaces?limit=1' });
      assert.ok(list.outcome === 'answered');
      const { resourceVersion } = (list.body as { readonly metadata: { readonly resourceVersion: string } }).metadata;
      const path = `/api/v1/namespaces?watch=true&resourceVersion=${resourceVersion}`;
      const created = server.createNamespace('watched');
      for await (const item of client.watch({ path })) {
        assert.equal(item.outcome, 'event');
        if (item.outcome !== 'event') return;
        const { name } = (item.object as { readonly metadata: { readonly name: string } }).metadata;
        if (item.type === 'ADDED' && name === 'watched') break;
      }
      await created;
    });
  });
});

describe('requests without credentials', () => {
  const cases: readonly (readonly [ApiServerOptions, string, string])[] = [
    [{}, 'answered', 'forbidden'],
    [{ anonymousAuth: false }, 'unauthorized', 'unauthorized'],
  ];
  for (const [options, version, api] of cases) {
    test(`with ${JSON.stringify(options)}: ${version}, ${api}`, async () => {
      const server = await startApiServer(options);
      const client = await connectToServer(server, 'admin');
      try {
        const answers = await Promise.all(
          ['/version', '/api'].map((path) => client.request({ path, anonymous: true })),
        );
        assert.deepEqual(answers.map(outcomeOf), [version, api]);
      } finally {
        client.close();
        await server.stop();
      }
    });
  }
});

test('a server that is gone is unreachable', async () => {
  const server = await startApiServer();
  const client = await connectToServer(server, 'admin');
  try {
    assert.equal(outcomeOf(await client.request({ path: '/version' })), 'answered');
    await server.crash();
    const answer = await client.request({ path: '/version', retries: 0 });
    assert.equal(answer.outcome, 'unreachable');
  } finally {
    client.close();
    await server.stop();
  }
});
