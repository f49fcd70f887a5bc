// Live and file as one: a workspace is applied to a real API server, one or the other is changed, and a scan and the language
// server together say which of the four cases each finding is.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type DeclaredFindings,
  declarationQuestion,
  declaredFindings,
} from '../../client/src/clusterFindings/declaredFindings.ts';
import { shownFindings } from '../../client/src/clusterFindings/shownFinding.ts';
import { collectCluster, judgeCluster } from '../../server/src/cluster/index.ts';
import { type DeclarationsResult, declarationsMethod } from '../../server/src/language/protocol/index.ts';
import { parseManifest } from '../../server/src/manifest/index.ts';
import { TestClient, temporaryFolder, writeFileIn } from '../language/testClient.ts';
import { spoken } from '../support/spoken.ts';
import { type StartedApiServer, startApiServer } from './apiServer/apiServer.ts';
import { connectToServer } from './connectToServer.ts';
import { scanRequest } from './scanRequest.ts';

const file = (name: string, podSpec: string, labels = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop${labels}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      ${podSpec}
      containers:
        - name: web
          image: registry.example/web:1.2.3
`;

describe('a workspace and the cluster that it was applied to', () => {
  let server: StartedApiServer;
  before(async () => {
    server = await startApiServer();
    await server.createNamespace('shop');
  });
  after(() => server.stop());

  /** As `kubectl apply --server-side` does. */
  async function apply(text: string): Promise<void> {
    for (const { root } of parseManifest(text).documents) {
      const path = `/apis/apps/v1/namespaces/shop/deployments/${root.get('metadata', 'name').string}`;
      const query = '?fieldManager=kubectl&force=true';
      await server.admin.expect('PATCH', `${path}${query}`, root.toJson(), 'application/apply-patch+yaml');
    }
  }

  async function compare(
    client: TestClient,
    profile: 'guide' | 'all' = 'guide',
  ): Promise<{ cases: Readonly<Record<string, string>>; declared: DeclaredFindings }> {
    const cluster = await connectToServer(server, 'view');
    const outcome = await collectCluster(scanRequest(cluster));
    cluster.close();
    assert.ok(outcome.kind === 'scanned');
    const report = spoken(judgeCluster(outcome.snapshot, { settings: { profile } }));
    const findings = shownFindings(report);
    const question = declarationQuestion(report, findings);
    const answer = await client.connection.sendRequest<DeclarationsResult>(declarationsMethod, {
      objects: question.objects,
      rules: report.rules,
    });
    const declared = declaredFindings(question, answer);
    const cases: Record<string, string> = {};
    for (const { key, ruleId, object } of findings) {
      const state = declared.states.get(key)?.state.case;
      if (state !== undefined && wanted.has(ruleId)) cases[`${object?.name} ${ruleId}`] = state;
    }
    return { cases, declared };
  }

  const wanted: ReadonlySet<string> = new Set(['pod/host-pid', 'pod/host-ipc', 'pod/host-network']);
  const regressions = ({ regressions: all }: DeclaredFindings) =>
    all
      .map(({ object, finding }) => `${object.name} ${finding.ruleId}`)
      .filter((one) => wanted.has(one.split(' ')[1] ?? ''));

  test('differ in what was changed on either side', async (t) => {
    const files = { 'web.yaml': file('web', 'hostPID: true'), 'api.yaml': file('api', 'hostIPC: true') };
    const folder = temporaryFolder(t, files);
    const client = await TestClient.start(t, { folders: [folder] });
    await apply(files['web.yaml']);
    await apply(files['api.yaml']);
    await apply(file('stranger', 'hostNetwork: true'));

    const applied = await compare(client);
    assert.deepEqual(applied.cases, {
      'api pod/host-ipc': 'both',
      'stranger pod/host-network': 'onlyLive',
      'web pod/host-pid': 'both',
    });
    assert.deepEqual(regressions(applied.declared), []);

    // Somebody edits the cluster, and somebody else the file.
    await server.admin.expect(
      'PATCH',
      '/apis/apps/v1/namespaces/shop/deployments/api?fieldManager=kubectl-edit',
      { spec: { template: { spec: { hostIPC: false, hostNetwork: true } } } },
      'application/strategic-merge-patch+json',
    );
    writeFileIn(folder, 'web.yaml', file('web', 'hostPID: false'));
    const changed = await compare(client);
    assert.deepEqual(changed.cases, {
      'api pod/host-network': 'fixedNotDeployed',
      'stranger pod/host-network': 'onlyLive',
      'web pod/host-pid': 'fixedNotDeployed',
    });
    assert.deepEqual(regressions(changed.declared), ['api pod/host-ipc']);

    // Both files are applied: the regression has come, the fix as well.
    await apply(file('web', 'hostPID: false'));
    await apply(`${files['api.yaml'].replace('hostIPC: true', 'hostIPC: true\n      hostNetwork: false')}`);
    const again = await compare(client);
    assert.deepEqual(again.cases, { 'api pod/host-ipc': 'both', 'stranger pod/host-network': 'onlyLive' });
    assert.deepEqual(regressions(again.declared), []);
    await client.stop();
  });

  test('have the same findings by every rule after an apply', async (t) => {
    const text = file('calm', 'hostPID: true');
    const client = await TestClient.start(t, {
      folders: [temporaryFolder(t, { 'calm.yaml': text })],
      settings: () => ({ profile: 'all' }),
    });
    await apply(text);
    const { declared } = await compare(client, 'all');
    const ofFile = [...declared.states].filter(([, { candidates }]) => candidates.length > 0);
    assert.ok(ofFile.length > 5, `${ofFile.length} findings`);
    assert.deepEqual(
      ofFile.filter(([, { state }]) => state.case !== 'both').map(([key, { state }]) => `${key} ${state.case}`),
      [],
    );
    assert.deepEqual(
      declared.regressions.map(({ finding }) => finding.ruleId),
      [],
    );
    await client.stop();
  });
});
