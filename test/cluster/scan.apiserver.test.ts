// A whole scan of a real API server: what each user sees, what is proved of encryption, auditing and anonymous access,
// and findings in live objects.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import {
  type ClusterReport,
  type ClusterRequest,
  type ClusterSnapshot,
  collectCluster,
  judgeCluster,
  type ScanRequest,
} from '../../server/src/cluster/index.ts';
import type { Seen } from '../../server/src/kubernetes/index.ts';
import { inEnglish } from '../../server/src/sentences/index.ts';
import { type StartedApiServer, startApiServer } from './apiServer/apiServer.ts';
import { findBinaries } from './apiServer/binaries.ts';
import type { ApiServerOptions, TestUser } from './apiServer/options.ts';
import { connectToServer } from './connectToServer.ts';
import { scanRequest } from './scanRequest.ts';

async function scanAs(
  server: StartedApiServer,
  user: TestUser,
  more: Partial<ScanRequest> = {},
): Promise<ClusterSnapshot> {
  const client = await connectToServer(server, user);
  try {
    const outcome = await collectCluster(scanRequest(client, more));
    assert.ok(outcome.kind === 'scanned', outcome.kind);
    assert.ok(client.statistics.connections <= 8, `${client.statistics.connections} connections`);
    return outcome.snapshot;
  } finally {
    client.close();
  }
}

const report = (snapshot: ClusterSnapshot): ClusterReport => judgeCluster(snapshot, { settings: {} });

const seenValue = <T>(seen: Seen<T>): T | undefined => (seen.kind === 'seen' ? seen.value : undefined);

/** Plurals of the kinds that were forbidden, sorted. */
function forbidden(snapshot: ClusterSnapshot): readonly string[] {
  return report(snapshot)
    .gaps.filter(({ cause }) => cause === 'forbidden')
    .map(({ what }) => what)
    .sort();
}

/** Labels of a metric's samples, as `name=value`. */
function labels(snapshot: ClusterSnapshot, metric: string): readonly string[] {
  const samples = seenValue(snapshot.metrics) ?? [];
  return samples
    .filter(({ name }) => name === metric)
    .flatMap((sample) => Object.entries(sample.labels).map((pair) => pair.join('=')));
}

const podTemplate = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web', securityContext: { privileged: true } }] },
};
const deployment = {
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: podTemplate },
};

describe('a scan', () => {
  let server: StartedApiServer;

  before(async () => {
    server = await startApiServer();
    await server.createNamespace('shop');
    await server.admin.expect('POST', '/apis/apps/v1/namespaces/shop/deployments', deployment);
    await server.admin.expect('POST', '/api/v1/namespaces/shop/pods', { ...podTemplate, metadata: { name: 'alone' } });
  });
  after(() => server.stop());

  test('of an administrator lacks nothing', async () => {
    const snapshot = await scanAs(server, 'admin');
    assert.deepEqual(forbidden(snapshot), []);
    assert.ok((seenValue(snapshot.flags)?.size ?? 0) > 100);
    assert.equal(seenValue(snapshot.flags)?.get('authorization-mode'), '[Node,RBAC]');
    assert.ok(seenValue(snapshot.user)?.groups.includes('system:masters'));
    assert.equal(seenValue(snapshot.version)?.gitVersion, report(snapshot).version);
  });

  test('finds what is wrong with a workload and a pod of nobody', async () => {
    const { findings } = report(await scanAs(server, 'view'));
    const privileged = findings.filter(({ ruleId }) => ruleId === 'pod/privileged');
    assert.deepEqual(privileged.map(({ object }) => `${object.kind} ${object.namespace}/${object.name}`).sort(), [
      'Deployment shop/web',
      'Pod shop/alone',
    ]);
  });

  test('of a viewer says what it could not see', async () => {
    const snapshot = await scanAs(server, 'view');
    const gaps = forbidden(snapshot);
    for (const hidden of ['/flagz', '/metrics', 'nodes', 'clusterrolebindings.rbac.authorization.k8s.io']) {
      assert.ok(gaps.includes(hidden), `${hidden} is not among ${gaps.join(', ')}`);
    }
    for (const seen of ['pods', 'deployments.apps', 'networkpolicies.networking.k8s.io', 'namespaces']) {
      assert.ok(!gaps.includes(seen), seen);
    }
    assert.ok(
      report(snapshot).gaps.every(({ permission, cause }) => cause !== 'forbidden' || permission !== undefined),
    );
  });

  test('of the monitoring group sees flags and metrics, and no object', async () => {
    const snapshot = await scanAs(server, 'monitoring');
    assert.equal(snapshot.flags.kind, 'seen');
    assert.equal(snapshot.metrics.kind, 'seen');
    assert.ok(forbidden(snapshot).includes('pods'));
    assert.deepEqual(report(snapshot).findings, []);
  });

  test('of nobody sees nothing, and finds nothing missing', async () => {
    const snapshot = await scanAs(server, 'nobody');
    assert.equal(snapshot.flags.kind, 'unseen');
    assert.equal(snapshot.metrics.kind, 'unseen');
    assert.ok(forbidden(snapshot).includes('namespaces'));
    assert.deepEqual(report(snapshot).findings, []);
    assert.equal(snapshot.version.kind, 'seen');
  });

  test('of somebody who may view one namespace sees that one', async () => {
    await server.admin.expect('POST', '/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings', {
      metadata: { name: 'viewers' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'nobody' }],
    });
    const client = await connectToServer(server, 'nobody');
    const asked: string[] = [];
    const counting = {
      ...client,
      contextName: client.contextName,
      watch: client.watch.bind(client),
      close: () => client.close(),
      request: (request: ClusterRequest) => {
        asked.push(request.path);
        return client.request(request);
      },
    };
    const outcome = await collectCluster(scanRequest(counting, { namespaces: ['shop', 'default'] }));
    client.close();
    assert.ok(outcome.kind === 'scanned');
    const deployments = outcome.snapshot.resources('Deployment.apps');
    assert.ok(deployments.kind === 'seen');
    assert.deepEqual(
      deployments.value.map(({ name }) => name),
      ['web'],
    );
    assert.equal(inEnglish(deployments.incomplete ?? ''), 'Not read: deployments in namespace default.');
    const reviews = asked.filter((path) => path.endsWith('/selfsubjectrulesreviews'));
    assert.equal(reviews.length, 3, 'one for each namespace, and one for the leases in kube-system');
    assert.deepEqual(
      asked.filter((path) => path.includes('/namespaces/default/')),
      [],
    );
  });
});

describe('a scan of a server', () => {
  async function withServer(options: ApiServerOptions, work: (server: StartedApiServer) => Promise<void>) {
    const server = await startApiServer(options);
    try {
      await work(server);
    } finally {
      await server.stop();
    }
  }

  const secret = { metadata: { name: 'hidden' }, stringData: { key: 'value' } };
  const transformations = 'apiserver_storage_transformation_operations_total';

  test('with encryption and auditing sees both, and without anonymous access that', async () => {
    await withServer({ encryption: 'secretbox', audit: true, anonymousAuth: false }, async (server) => {
      await server.admin.expect('POST', '/api/v1/namespaces/default/secrets', secret);
      const snapshot = await scanAs(server, 'admin');
      assert.ok(labels(snapshot, transformations).includes('transformer_prefix=k8s:enc:secretbox:v1:'));
      assert.equal(seenValue(snapshot.anonymous)?.version, 401);
      const audited = seenValue(snapshot.metrics)?.find(({ name }) => name === 'apiserver_audit_event_total');
      assert.ok((audited?.value ?? 0) > 0);
      const check = report(snapshot).checks.find(({ id }) => id === 'api-server/anonymous-auth');
      assert.equal(check?.outcome.kind, 'pass');
    });
  });

  test('without them sees neither, also of a version that shows no flags', async () => {
    await withServer({ emulatedVersion: '1.34' }, async (server) => {
      await server.admin.expect('POST', '/api/v1/namespaces/default/secrets', secret);
      const snapshot = await scanAs(server, 'admin');
      assert.ok(!labels(snapshot, transformations).some((label) => label.includes('k8s:enc:')));
      assert.equal(seenValue(snapshot.anonymous)?.version, 200);
      assert.equal(seenValue(snapshot.anonymous)?.api, 403);
      assert.equal(snapshot.flags.kind, 'unseen');
      assert.equal(seenValue(snapshot.version)?.emulatedMinor, 34);
      const check = report(snapshot).checks.find(({ id }) => id === 'api-server/anonymous-auth');
      assert.equal(check?.outcome.kind, 'fail');
    });
  });
});

test('no value of a Secret is read, not even where their metadata are', async () => {
  const server = await startApiServer();
  try {
    const value = 'Tr0ub4dor-and-3';
    const encoded = Buffer.from(value).toString('base64');
    const copy = JSON.stringify({ apiVersion: 'v1', kind: 'Secret', data: { key: encoded } });
    await server.admin.expect('POST', '/api/v1/namespaces/default/secrets', {
      metadata: { name: 'hidden', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': copy } },
      data: { key: encoded },
    });
    const snapshot = await scanAs(server, 'admin', { readsSecretMetadata: true });
    assert.deepEqual(
      snapshot.secretTraces.filter(({ repeatsData }) => repeatsData).map(({ secret }) => secret.name),
      ['hidden'],
    );
    const leak = report(snapshot).checks.find(({ id }) => id === 'secrets/last-applied-leak');
    assert.equal(leak?.outcome.kind, 'fail');
    const everything = inspect([snapshot.collected, snapshot.secretTraces], {
      depth: Number.POSITIVE_INFINITY,
      maxStringLength: null,
      maxArrayLength: null,
    });
    assert.ok(everything.includes("name: 'hidden'"));
    for (const text of [value, encoded])
      assert.ok(!everything.includes(text) && !JSON.stringify(report(snapshot)).includes(text));
  } finally {
    await server.stop();
  }
});

interface AuditEvent {
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly responseStatus?: { readonly code?: number };
}

test('a scan changes nothing, and asks for nothing that it may not have', async () => {
  const server = await startApiServer({ audit: true });
  try {
    await scanAs(server, 'view');
    const events = (server.auditEvents() as readonly AuditEvent[]).filter(
      ({ stage, user }) => stage === 'ResponseComplete' && user.username === 'viewer',
    );
    assert.ok(events.length > 20, `${events.length} requests`);
    const writes = events.filter(({ verb, requestURI }) => !isRead(verb) && !/selfsubject\w*reviews/.test(requestURI));
    assert.deepEqual(writes, []);
    const refused = events.filter(({ responseStatus }) => responseStatus?.code === 403);
    // These two are asked for: whether they may be read is not worth a question of its own.
    assert.deepEqual(refused.map(({ requestURI }) => requestURI).sort(), ['/flagz', '/metrics']);
  } finally {
    await server.stop();
  }
});

const isRead = (verb: string) => ['get', 'list', 'watch'].includes(verb);

const binaries = findBinaries();
const skip =
  'missing' in binaries || binaries.kubeControllerManager !== undefined ? false : 'no kube-controller-manager';

test('the pods of a workload are folded to it', { skip }, async () => {
  const server = await startApiServer({ controllerManager: true });
  try {
    const scaled = { ...deployment, spec: { ...deployment.spec, replicas: 3 } };
    await server.admin.expect('POST', '/apis/apps/v1/namespaces/default/deployments', scaled);
    const deadline = Date.now() + 60_000;
    for (let count = 0; count < 3 && Date.now() < deadline; ) {
      const list = await server.admin.expect('GET', '/api/v1/namespaces/default/pods');
      count = (list as { readonly items: readonly unknown[] }).items.length;
    }
    const snapshot = await scanAs(server, 'view');
    const groups = seenValue(snapshot.pods) ?? [];
    assert.deepEqual(
      groups.map(({ controller }) => `${controller.kind} ${controller.name}`),
      ['Deployment web'],
    );
    const found = report(snapshot).findings.filter(({ ruleId }) => ruleId === 'pod/privileged');
    assert.deepEqual(
      found.map(({ object }) => object.kind),
      ['Deployment'],
    );
  } finally {
    await server.stop();
  }
});
