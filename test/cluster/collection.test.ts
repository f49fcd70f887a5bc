// What is read of a cluster, what is not, and what is kept of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { listPages } from '../../server/src/cluster/collection/listPages.ts';
import { type ClusterClient, collectCluster } from '../../server/src/cluster/index.ts';
import { inEnglish } from '../../server/src/sentences/index.ts';
import { spoken } from '../support/spoken.ts';
import { scanRequest as request, scan } from './scanRequest.ts';
import { answered, refused, stubClient } from './stubClient.ts';

const namespace = (name: string) => ({ metadata: { name, uid: `ns-${name}` } });

function pod(name: string, owner: { kind: string; name: string; uid: string } | undefined, more: object = {}) {
  const ownerReferences = owner === undefined ? [] : [{ apiVersion: 'apps/v1', controller: true, ...owner }];
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: `pod-${name}`,
      labels: { app: 'web', 'pod-template-hash': 'abc' },
      ownerReferences,
    },
    spec: { containers: [{ name: 'web', image: 'nginx:1.29' }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'web', imageID: 'docker.io/library/nginx@sha256:1' }] },
    ...more,
  };
}

const replicaSet = {
  metadata: {
    name: 'web-abc',
    namespace: 'shop',
    uid: 'rs',
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true }],
  },
};
const ofReplicaSet = { kind: 'ReplicaSet', name: 'web-abc', uid: 'rs' };

describe('pods', () => {
  test('of one template become one, with how many there are and what they run', async () => {
    const others = Array.from({ length: 1200 }, (_, index) => pod(`web-${index}`, ofReplicaSet));
    const drifted = pod('web-x', ofReplicaSet, {
      status: { phase: 'Running', containerStatuses: [{ name: 'web', imageID: 'docker.io/library/nginx@sha256:2' }] },
    });
    const ended = pod('web-y', ofReplicaSet, { status: { phase: 'Succeeded' } });
    const { pods, objectCount } = await scan({
      lists: { '/api/v1/pods': [...others, drifted, ended], '/apis/apps/v1/replicasets': [replicaSet] },
    });
    assert.equal(pods.kind, 'seen');
    assert.deepEqual(
      pods.value.map(({ controller, count, labels, images }) => ({ controller, count, labels, images })),
      [
        {
          controller: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
          count: 1201,
          labels: { app: 'web', 'pod-template-hash': 'abc' },
          images: [{ container: 'web', reference: 'nginx:1.29', digests: ['sha256:1', 'sha256:2'] }],
        },
      ],
    );
    assert.equal(objectCount, 1203);
  });

  test('of two ReplicaSets of one Deployment become one where they run the same', async () => {
    const older = { ...replicaSet, metadata: { ...replicaSet.metadata, name: 'web-def', uid: 'rs-2' } };
    const ofOlder = { kind: 'ReplicaSet', name: 'web-def', uid: 'rs-2' };
    const { pods } = await scan({
      lists: {
        '/api/v1/pods': [pod('web-1', ofReplicaSet), pod('web-2', ofOlder), pod('web-3', ofOlder)],
        '/apis/apps/v1/replicasets': [replicaSet, older],
      },
    });
    assert.ok(pods.kind === 'seen');
    assert.deepEqual(
      pods.value.map(({ controller, count }) => [controller.kind, controller.name, count]),
      [['Deployment', 'web', 3]],
    );
  });

  test('know their Deployment even where ReplicaSets may not be read', async () => {
    const { pods } = await scan({
      lists: { '/api/v1/pods': [pod('web-1', ofReplicaSet)], '/apis/apps/v1/replicasets': [] },
      mayList: (resource) => resource !== 'replicasets.apps',
    });
    assert.ok(pods.kind === 'seen');
    assert.deepEqual(
      pods.value.map(({ controller }) => `${controller.kind} ${controller.name}`),
      ['Deployment web'],
    );
  });

  test('with an injected container are a group of their own; mirror pods stand for themselves', async () => {
    const injected = pod('web-2', ofReplicaSet, {
      spec: {
        containers: [
          { name: 'web', image: 'nginx:1.29' },
          { name: 'proxy', image: 'envoy:1' },
        ],
      },
    });
    const mirror = pod('etcd-node', { kind: 'Node', name: 'node', uid: 'n' });
    const { pods } = await scan({
      lists: {
        '/api/v1/pods': [pod('web-1', ofReplicaSet), injected, mirror],
        '/apis/apps/v1/replicasets': [replicaSet],
      },
    });
    assert.ok(pods.kind === 'seen');
    assert.deepEqual(
      pods.value.map(({ controller, images }) => [controller.kind, controller.name, images.length]),
      [
        ['Deployment', 'web', 1],
        ['Deployment', 'web', 2],
        ['Pod', 'etcd-node', 1],
      ],
    );
  });
});

describe('lists', () => {
  test('are read page by page, and begun again once when the snapshot expired', async () => {
    const items = Array.from({ length: 1100 }, (_, index) => namespace(`n${index}`));
    let expired = 0;
    const client = stubClient({
      lists: { '/api/v1/namespaces': items },
      answers: {
        '/api/v1/namespaces': ({ path }) => {
          const query = new URLSearchParams(path.split('?')[1]);
          const from = Number(query.get('continue') ?? 0);
          if (from === 500 && expired++ === 0) return refused(410, 'gone', { continueToken: '500' });
          const rest = from + 500 < items.length ? { continue: String(from + 500) } : {};
          return answered({ metadata: rest, items: items.slice(from, from + 500) });
        },
      },
    });
    const outcome = await collectCluster(request(client));
    assert.ok(outcome.kind === 'scanned');
    const namespaces = outcome.snapshot.resources('Namespace');
    assert.ok(namespaces.kind === 'seen');
    assert.equal(namespaces.value.length, 1100, 'each once, though the first page came twice');
    assert.equal(namespaces.incomplete, undefined);
    assert.ok(!client.asked.some((line) => line.includes('resourceVersion=0')));
  });

  test('are asked for one page ahead, while a page arrives', async () => {
    const events: string[] = [];
    const { signal } = new AbortController();
    const client: ClusterClient = {
      ...stubClient({}),
      async request({ path, list, signal }) {
        const page = Number(new URLSearchParams(path.split('?')[1]).get('continue') ?? 0);
        events.push(`asked for ${page}`);
        if (page < 3) list?.continueToken(String(page + 1));
        await pause(5);
        if (signal?.aborted === true) return { outcome: 'cancelled' };
        list?.item({ page });
        return answered({ metadata: page < 3 ? { continue: String(page + 1) } : { resourceVersion: '7' }, items: [] });
      },
    };
    const outcome = await listPages(client, { path: '/api/v1/pods', signal }, ({ page }) => events.push(`got ${page}`));
    assert.deepEqual(outcome, { kind: 'listed', resourceVersion: '7' });
    const order = (...wanted: readonly string[]) => {
      const places = wanted.map((event) => events.indexOf(event));
      assert.ok(!places.includes(-1), events.join(', '));
      assert.deepEqual(
        [...places].sort((a, b) => a - b),
        places,
        events.join(', '),
      );
    };
    order('asked for 1', 'got 0', 'asked for 2');
    order('asked for 2', 'got 1', 'asked for 3');
    order('asked for 3', 'got 2', 'got 3');
  });

  test('that expire again go on and say that they are not whole', async () => {
    const { resources, lists } = await scan({
      lists: { '/api/v1/namespaces': [] },
      answers: {
        '/api/v1/namespaces': ({ path }) => {
          const token = new URLSearchParams(path.split('?')[1]).get('continue');
          if (token === null) {
            return answered({ metadata: { continue: 'a', resourceVersion: '7' }, items: [namespace('one')] });
          }
          if (token === 'a') return refused(410, 'gone', { continueToken: 'b' });
          return answered({ metadata: { resourceVersion: '9' }, items: [namespace('two')] });
        },
      },
    });
    const [list] = lists;
    assert.deepEqual(
      [list?.path, list?.resourceVersion],
      ['/api/v1/namespaces', '7'],
      'what came after may be missing',
    );
    const namespaces = resources('Namespace');
    assert.ok(namespaces.kind === 'seen');
    assert.deepEqual(
      namespaces.value.map(({ name }) => name),
      ['one', 'two'],
    );
    assert.match(inEnglish(namespaces.incomplete ?? ''), /changed while it was read/);
  });

  test('that are forbidden are not tried, and say what would unlock them', async () => {
    const client = stubClient({
      lists: { '/api/v1/nodes': [], '/api/v1/namespaces': [] },
      mayList: (resource) => resource !== 'nodes',
    });
    const outcome = await collectCluster(request(client));
    assert.ok(outcome.kind === 'scanned');
    assert.deepEqual(spoken(outcome.snapshot.resources('Node')), {
      kind: 'unseen',
      cause: 'forbidden',
      reason: 'You may not read nodes.',
      what: 'nodes',
      permission: { kind: 'resource', group: '', resource: 'nodes', verbs: ['list'] },
    });
    assert.ok(!client.asked.some((line) => line.startsWith('GET /api/v1/nodes')));
  });

  test('that are forbidden as a whole are read where they are allowed', async () => {
    const deployment = (name: string) => ({ metadata: { name, namespace: name, uid: name } });
    const { resources, lists } = await scan({
      lists: {
        '/api/v1/namespaces': [namespace('a'), namespace('b'), namespace('c')],
        '/apis/apps/v1/deployments': [],
        '/apis/apps/v1/namespaces/a/deployments': [deployment('a')],
        '/apis/apps/v1/namespaces/c/deployments': [deployment('c')],
      },
      mayList: (resource, inNamespace) =>
        resource !== 'deployments.apps' || (inNamespace !== undefined && inNamespace !== 'b'),
    });
    const deployments = resources('Deployment.apps');
    assert.ok(deployments.kind === 'seen');
    assert.deepEqual(
      deployments.value.map(({ name }) => name),
      ['a', 'c'],
    );
    assert.equal(inEnglish(deployments.incomplete ?? ''), 'Not read: deployments in namespace b.');
    assert.deepEqual(
      lists.filter(({ kind }) => kind.kind === 'Deployment').map(({ path }) => path),
      ['/apis/apps/v1/namespaces/a/deployments', '/apis/apps/v1/namespaces/c/deployments'],
    );
  });

  test('of which one fails leave the others whole', async () => {
    const { resources } = await scan({
      lists: { '/api/v1/namespaces': [namespace('a')], '/api/v1/configmaps': [] },
      answers: { '/api/v1/configmaps': () => refused(500, 'serverError', { message: 'etcd is down' }) },
    });
    assert.equal(resources('Namespace').kind, 'seen');
    const configMaps = resources('ConfigMap');
    assert.ok(configMaps.kind === 'unseen');
    assert.equal(inEnglish(configMaps.reason), 'Reading configmaps failed: 500, etcd is down.');
  });

  test('of Trivy Operator are asked for as a table, and its columns are kept', async () => {
    const labels = { 'trivy-operator.container.name': 'web' };
    const table = {
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }, { name: 'Critical' }],
      rows: [{ cells: ['r', 2], object: { metadata: { name: 'r', namespace: 'shop', uid: 'r', labels } } }],
    };
    const path = '/apis/aquasecurity.github.io/v1alpha1/vulnerabilityreports';
    let accept: string | undefined;
    const { resources } = await scan({
      lists: { [path]: [] },
      answers: {
        [path]: (request) => {
          accept = request.accept;
          return answered(table);
        },
      },
    });
    assert.match(accept ?? '', /as=Table/);
    const reports = resources('VulnerabilityReport.aquasecurity.github.io');
    assert.ok(reports.kind === 'seen');
    assert.equal(reports.value[0]?.name, 'r');
    assert.equal(reports.value[0]?.node.get('columns', 'Critical').number, 2);
  });

  test('of Gatekeeper are of kinds that are found by asking, and those of its templates are read too', async () => {
    const constraint = (name: string, spec: object = {}) => ({ metadata: { name, uid: name }, spec });
    const cluster = {
      lists: {
        '/apis/constraints.gatekeeper.sh/v1beta1/k8sallowedrepos': [constraint('repos', { enforcementAction: 'warn' })],
        '/apis/constraints.gatekeeper.sh/v1beta1/k8srequiredlabels': [constraint('labels')],
      },
    };
    const { resources } = await scan(cluster);
    const constraints = resources('*.constraints.gatekeeper.sh');
    assert.ok(constraints.kind === 'seen');
    assert.deepEqual(
      constraints.value.map(({ kind, name }) => [kind, name]),
      [
        ['K8sAllowedRepos', 'repos'],
        ['K8sRequiredLabels', 'labels'],
      ],
    );
    assert.equal((await scan({ lists: {} })).resources('*.constraints.gatekeeper.sh').kind, 'unseen');
    const partly = { ...cluster, mayList: (resource: string) => !resource.startsWith('k8sallowedrepos') };
    const some = (await scan(partly)).resources('*.constraints.gatekeeper.sh');
    assert.ok(some.kind === 'seen');
    assert.match(inEnglish(some.incomplete ?? ''), /k8sallowedrepos\.constraints\.gatekeeper\.sh/);
    const none = (await scan({ ...cluster, mayList: () => false })).resources('*.constraints.gatekeeper.sh');
    assert.ok(none.kind === 'unseen');
    assert.deepEqual(none.permission, {
      kind: 'resource',
      group: 'constraints.gatekeeper.sh',
      resource: '*',
      verbs: ['list'],
    });
  });

  test('of Secrets are asked for only where the user said so, and then without data', async () => {
    const secret = { metadata: { name: 's', namespace: 'a', uid: 's' } };
    const cluster = { lists: { '/api/v1/secrets': [secret] } };
    const unasked = stubClient(cluster);
    await collectCluster(request(unasked));
    assert.ok(!unasked.asked.some((line) => line.includes('secrets')));
    const { resources } = await scan(cluster, { readsSecretMetadata: true });
    assert.equal(resources('Secret').kind, 'seen');
  });

  test('of Secrets leave of an annotation that repeats the data only that there is one', async () => {
    const value = 'c3dvcmRmaXNo';
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data: { password: value } }),
      'openshift.io/token-secret.value': value,
      'kubernetes.io/service-account.name': 'robot',
    };
    const managedFields = [{ manager: 'kubectl', time: '2026-05-01T00:00:00Z' }];
    const metadata = { name: 's', namespace: 'a', uid: 's', annotations, managedFields };
    const snapshot = await scan({ lists: { '/api/v1/secrets': [{ metadata }] } }, { readsSecretMetadata: true });
    assert.deepEqual(snapshot.secretTraces, [
      {
        secret: { group: '', version: 'v1', kind: 'Secret', namespace: 'a', name: 's' },
        repeatsData: true,
        lastWritten: '2026-05-01T00:00:00Z',
      },
    ]);
    const secrets = snapshot.resources('Secret');
    assert.ok(secrets.kind === 'seen');
    assert.deepEqual([...(secrets.value[0]?.annotations ?? [])], [['kubernetes.io/service-account.name', 'robot']]);
    assert.ok(!JSON.stringify([snapshot.collected, snapshot.secretTraces]).includes(value));
  });
});

describe('what is kept', () => {
  test('is without status, bookkeeping and server defaults', async () => {
    const deployment = {
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: 'd',
        managedFields: [{ manager: 'helm', apiVersion: 'apps/v1beta2' }],
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', team: 'shop' },
      },
      spec: { replicas: 1, template: { spec: { securityContext: {}, containers: [] } } },
      status: { replicas: 1 },
    };
    const { resources, retiringWrites } = await scan({ lists: { '/apis/apps/v1/deployments': [deployment] } });
    assert.deepEqual(
      retiringWrites.map(({ manager, apiVersion, removed }) => [manager, apiVersion, removed]),
      [['helm', 'apps/v1beta2', 16]],
    );
    const deployments = resources('Deployment.apps');
    assert.ok(deployments.kind === 'seen');
    assert.deepEqual(deployments.value[0]?.node.toJson(), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', uid: 'd', annotations: { team: 'shop' } },
      spec: { template: { spec: { containers: [] } } },
    });
  });

  test('leaves out what a workload made', async () => {
    const job = { metadata: { name: 'j', namespace: 'a', uid: 'j' } };
    const ofCronJob = {
      metadata: {
        name: 'k',
        namespace: 'a',
        uid: 'k',
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'c', uid: 'c', controller: true }],
      },
    };
    const { resources } = await scan({ lists: { '/apis/batch/v1/jobs': [job, ofCronJob] } });
    const jobs = resources('Job.batch');
    assert.ok(jobs.kind === 'seen');
    assert.deepEqual(
      jobs.value.map(({ name }) => name),
      ['j'],
    );
  });
});

describe('the scan as a whole', () => {
  test('ends at once when the cluster cannot be reached', async () => {
    const client = stubClient({ answers: { '/version': () => refused(401, 'unauthorized') } });
    const outcome = await collectCluster(request(client));
    assert.equal(outcome.kind, 'unreachable');
    assert.deepEqual(client.asked, ['GET /version']);
  });

  test('can be cancelled half-way', async () => {
    const controller = new AbortController();
    const client = stubClient({ lists: { '/api/v1/namespaces': [], '/api/v1/pods': [] } });
    const outcome = await collectCluster(
      request(client, {
        signal: controller.signal,
        onProgress: ({ reading }) => reading === 'jobs' && controller.abort(),
      }),
    );
    assert.equal(outcome.kind, 'cancelled');
    assert.ok(!client.asked.some((line) => line.startsWith('GET /api/v1/pods')));
  });

  test('reads what the server says of itself', async () => {
    const { version, flags, metrics, user, anonymous, apiGroups } = await scan({
      lists: { '/apis/apps/v1/deployments': [], '/api/v1/pods': [] },
      answers: {
        '/version': ({ anonymous }) =>
          anonymous === true
            ? refused(401, 'unauthorized')
            : answered({
                gitVersion: 'v1.33.5-eks-113cf36',
                major: '1',
                minor: '33+',
                emulationMinor: '32',
                platform: 'linux/arm64',
              }),
        '/flagz': ({ accept }) =>
          accept?.includes('as=Flagz') === true
            ? answered({ kind: 'Flagz', flags: { 'anonymous-auth': 'false', 'audit-log-path': '' } })
            : refused(406, 'notAcceptable'),
        '/metrics': () =>
          answered(
            '# HELP x y\napiserver_audit_event_total{a="b\\"c",d="e"} 12\ngo_goroutines 7\napiserver_audit_event_total 1e+06\n',
          ),
        '/apis/authentication.k8s.io/v1/selfsubjectreviews': () =>
          answered({ status: { userInfo: { username: 'jane', groups: ['dev', 'system:authenticated'] } } }),
      },
    });
    assert.deepEqual(version, {
      kind: 'seen',
      value: { gitVersion: 'v1.33.5-eks-113cf36', minor: 33, patch: 5, emulatedMinor: 32, platform: 'linux/arm64' },
    });
    assert.ok(flags.kind === 'seen');
    assert.equal(flags.value.get('anonymous-auth'), 'false');
    assert.deepEqual(metrics, {
      kind: 'seen',
      value: [
        { name: 'apiserver_audit_event_total', labels: { a: 'b"c', d: 'e' }, value: 12 },
        { name: 'apiserver_audit_event_total', labels: {}, value: 1e6 },
      ],
    });
    assert.deepEqual(user, { kind: 'seen', value: { name: 'jane', groups: ['dev', 'system:authenticated'] } });
    assert.deepEqual(anonymous, { kind: 'seen', value: { version: 401, api: 200, healthz: 404 } });
    assert.ok(apiGroups.kind === 'seen');
    assert.deepEqual([...apiGroups.value].sort(), ['', 'apps']);
  });

  test('knows the kinds of a server without aggregated discovery', async () => {
    const { resources } = await scan({
      lists: { '/apis/apps/v1/deployments': [{ metadata: { name: 'web', uid: 'd' } }] },
      answers: {
        '/api': () => answered({ kind: 'APIVersions', versions: ['v1'] }),
        '/apis': () =>
          answered({
            kind: 'APIGroupList',
            groups: [{ name: 'apps', preferredVersion: { version: 'v1' }, versions: [{ version: 'v1' }] }],
          }),
        '/apis/apps/v1': () =>
          answered({
            resources: [
              { name: 'deployments', kind: 'Deployment', namespaced: true },
              { name: 'deployments/scale', kind: 'Scale' },
            ],
          }),
      },
    });
    const deployments = resources('Deployment.apps');
    assert.ok(deployments.kind === 'seen');
    assert.equal(deployments.value.length, 1);
  });
});
