// Single objects of a real API server: read for a reader, asked about in dry-runs, watched.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  ChangeCount,
  type ClusterClient,
  collectCluster,
  type DryRunVerdict,
  dryRun,
  readObject,
  whatIfPodSecurity,
} from '../../../server/src/cluster/index.ts';
import { type RawObject, writerOf } from '../../../server/src/kubernetes/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { spoken } from '../../support/spoken.ts';
import { type StartedApiServer, startApiServer } from '../apiServer/apiServer.ts';
import type { TestUser } from '../apiServer/options.ts';
import { connectToServer } from '../connectToServer.ts';
import { scanRequest } from '../scanRequest.ts';

const template = (securityContext: RawObject = {}) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'nginx:1.29', securityContext, ports: [{ containerPort: 80 }] }] },
});
const deployment = (securityContext?: RawObject): RawObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    labels: { 'helm.sh/chart': 'web-1.2.3' },
    annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
  },
  spec: { selector: { matchLabels: { app: 'web' } }, template: template(securityContext) },
});
const identity = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

describe('objects of a real API server', () => {
  let server: StartedApiServer;
  before(async () => {
    server = await startApiServer();
    await server.createNamespace('shop');
    await server.createNamespace('strict', { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await server.admin.expect('POST', '/apis/apps/v1/namespaces/shop/deployments?fieldManager=helm', deployment());
    const patch = {
      spec: { template: { spec: { containers: [{ name: 'web', securityContext: { privileged: true } }] } } },
    };
    await server.admin.expect(
      'PATCH',
      '/apis/apps/v1/namespaces/shop/deployments/web?fieldManager=kubectl-edit',
      patch,
      'application/strategic-merge-patch+json',
    );
    const secret = { metadata: { name: 'db' }, stringData: { password: 'correct-horse' } };
    await server.admin.expect('POST', '/api/v1/namespaces/shop/secrets', secret);
    await server.admin.expect('POST', '/api/v1/namespaces/shop/pods', {
      metadata: { name: 'bare' },
      spec: { containers: [{ name: 'web', image: 'nginx' }] },
    });
  });
  after(() => server.stop());

  async function as<T>(user: TestUser, work: (client: ClusterClient) => Promise<T>): Promise<T> {
    const client = await connectToServer(server, user);
    try {
      return await work(client);
    } finally {
      client.close();
    }
  }

  test('are read as YAML, with who wrote the field in question', async () => {
    const result = await as('view', (client) => readObject(client, identity));
    assert.ok(result.kind === 'object');
    assert.match(result.yaml, /^apiVersion: apps\/v1\nkind: Deployment\n/);
    assert.doesNotMatch(result.yaml, /managedFields/);
    const field = ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'privileged'];
    assert.equal(writerOf(result.writers, field)?.manager, 'kubectl-edit');
    assert.equal(writerOf(result.writers, ['spec', 'template', 'spec', 'containers', 0, 'image'])?.manager, 'helm');
    const asked = await as('view', (client) => readObject(client, identity, { field }));
    assert.equal(asked.kind === 'object' ? asked.writer?.manager : asked.message, 'kubectl-edit');
    assert.equal(result.writer, undefined);
    assert.deepEqual(result.declaredBy, { helm: { release: 'web', namespace: 'shop', chart: 'web-1.2.3' } });
  });

  test('show no value of a Secret', async () => {
    const secret = { group: '', version: 'v1', kind: 'Secret', namespace: 'shop', name: 'db' };
    const result = await as('admin', (client) => readObject(client, secret));
    assert.ok(result.kind === 'object');
    const leak = new RegExp(`correct-horse|${Buffer.from('correct-horse').toString('base64')}`);
    assert.doesNotMatch(JSON.stringify(result), leak);
    assert.match(result.yaml, /password: ""/);
  });

  test('that are not there, or of a kind that is not served, are a sentence', async () => {
    const gone = await as('view', (client) => readObject(client, { ...identity, name: 'gone' }));
    assert.match(gone.kind === 'trouble' ? inEnglish(gone.message) : '', /404/);
    const unknown = await as('view', (client) => readObject(client, { ...identity, kind: 'Rollout' }));
    assert.deepEqual(spoken(unknown), { kind: 'trouble', message: 'This cluster does not serve Rollout in apps/v1.' });
  });

  async function verdict(user: TestUser, object: RawObject): Promise<DryRunVerdict> {
    const result = await as(user, (client) => dryRun(client, [{ documentIndex: 2, object }]));
    assert.ok(result.kind === 'verdicts');
    const [first] = result.verdicts;
    assert.ok(first !== undefined);
    assert.equal(first.documentIndex, 2);
    return first;
  }

  test('are denied at the fields that the schema does not know, each by itself', async () => {
    const unknown = deployment({ privilged: true });
    const { outcome, causes } = await verdict('admin', { ...unknown, specs: {} });
    assert.equal(outcome, 'denied');
    assert.deepEqual(causes.map(({ path }) => path.join('/')).sort(), [
      'spec/template/spec/containers/0/securityContext/privilged',
      'specs',
    ]);
    assert.ok(causes.every(({ message }) => /^\.\S+: field not declared in schema$/.test(inEnglish(message))));
  });

  test('are admitted or denied at the field that is wrong, and nothing is stored', async () => {
    assert.equal((await verdict('admin', deployment({ runAsNonRoot: true }))).outcome, 'admitted');
    const invalid = await verdict('admin', deployment({ runAsUser: -1 }));
    assert.equal(invalid.outcome, 'denied');
    assert.deepEqual(invalid.causes[0]?.path, [
      'spec',
      'template',
      'spec',
      'containers',
      0,
      'securityContext',
      'runAsUser',
    ]);
    const { body } = await server.admin.send('GET', '/apis/apps/v1/namespaces/shop/deployments/web');
    assert.doesNotMatch(JSON.stringify(body), /"manager":"kubeharden"/);
  });

  test('are denied by Pod Security at the container, and Deployments are warned of', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'strict' },
      spec: template().spec,
    };
    const denied = await verdict('admin', pod);
    assert.equal(denied.outcome, 'denied');
    assert.deepEqual(denied.causes[0]?.path, ['spec', 'containers', 0]);
    assert.match(inEnglish(denied.causes[0]?.message ?? ''), /violates PodSecurity "restricted/);
    const unknown = { ...pod, metadata: { name: 'web', namespace: 'shop' }, spec: { ...pod.spec, hostNetwrok: true } };
    assert.equal((await verdict('admin', unknown)).outcome, 'denied', 'an unknown field');
  });

  test('about which nobody may ask are not called denied', async () => {
    const asked = await verdict('view', deployment());
    assert.equal(asked.outcome, 'notAsked');
    assert.match(inEnglish(asked.causes[0]?.message ?? ''), /cannot patch resource "deployments"/);
  });

  test('say what a Pod Security label would reject', async () => {
    const restricted = await as('admin', (client) =>
      whatIfPodSecurity(client, { namespace: 'shop', level: 'restricted' }),
    );
    assert.ok(restricted.kind === 'warnings');
    assert.match(restricted.warnings.join('\n'), /bare: allowPrivilegeEscalation != false/);
    const baseline = await as('admin', (client) =>
      whatIfPodSecurity(client, { namespace: 'strict', level: 'baseline' }),
    );
    assert.deepEqual(baseline, { kind: 'warnings', warnings: [] });
    const refused = await as('view', (client) => whatIfPodSecurity(client, { namespace: 'shop', level: 'restricted' }));
    assert.equal(refused.kind, 'trouble');
    const { body } = await server.admin.send('GET', '/api/v1/namespaces/shop');
    assert.doesNotMatch(JSON.stringify(body), /pod-security/);
  });

  describe('are counted when they changed', () => {
    const touch = (name: string) =>
      server.admin.expect(
        'PATCH',
        `/apis/apps/v1/namespaces/shop/deployments/${name}`,
        { metadata: { annotations: { touched: String(Math.random()) } } },
        'application/merge-patch+json',
      );
    const noteStatus = (name: string) =>
      server.admin.expect(
        'PATCH',
        `/apis/apps/v1/namespaces/shop/deployments/${name}/status`,
        { status: { observedGeneration: 1, replicas: Math.ceil(Math.random() * 1000) } },
        'application/merge-patch+json',
      );
    const create = (name: string) => {
      const made = { ...deployment(), metadata: { name, namespace: 'shop' } };
      return server.admin.expect('POST', '/apis/apps/v1/namespaces/shop/deployments', made);
    };
    const remove = (name: string) => server.admin.expect('DELETE', `/apis/apps/v1/namespaces/shop/deployments/${name}`);

    /** Scans as a user, lets something happen before, between and while somebody looks, and gives what was told at last. */
    async function countAfter(client: ClusterClient, namespaces?: readonly string[]): Promise<readonly number[]> {
      const outcome = await collectCluster(scanRequest(client, namespaces === undefined ? {} : { namespaces }));
      assert.ok(outcome.kind === 'scanned');
      const counts: number[] = [];
      let heard = () => {};
      const changes = new ChangeCount(client, outcome.snapshot.lists, ({ count, isComplete }) => {
        assert.ok(isComplete);
        counts.push(count);
        heard();
      });
      const lookUntil = async (count: number) => {
        const looking = new AbortController();
        changes.watch(looking.signal);
        while ((counts.at(-1) ?? 0) < count) await new Promise<void>((resolve) => (heard = resolve));
        looking.abort();
      };
      await noteStatus('web');
      await create('late');
      await lookUntil(1);
      await touch('web');
      await touch('web');
      await lookUntil(2);
      await remove('late');
      await create('later');
      await lookUntil(3);
      await remove('later');
      return counts;
    }

    test('between the scan and the watch, while nobody looked, and once each', async () => {
      assert.deepEqual(await as('view', (client) => countAfter(client)), [1, 2, 3]);
    });

    test('also by who may look into one namespace only', async () => {
      const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings';
      await server.admin.expect('POST', path, {
        metadata: { name: 'developer' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'developer' }],
      });
      const client = await connectToServer(server, { commonName: 'developer' });
      try {
        assert.deepEqual(await countAfter(client, ['shop', 'strict']), [1, 2, 3]);
      } finally {
        client.close();
      }
    });
  });
});
