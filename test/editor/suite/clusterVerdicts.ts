// What a real API server says to a document, at the line that it is about.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type ApiServer, attachApiServer } from '../../cluster/apiServer/attachApiServer.ts';
import { nameKubeconfig, verdicts } from './clusterAtHand.ts';
import { closeAll, openUntitled, waitFor } from './support.ts';

const strict = { 'pod-security.kubernetes.io/enforce': 'restricted' };

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: editor-shop
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/web:1.2.3
          securityContext:
            runAsUser: -1
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: editor-strict
spec:
  containers:
    - name: sidecar
      image: registry.example/sidecar:1.2.3
      securityContext:
        allowPrivilegeEscalation: false
        runAsNonRoot: true
        capabilities:
          drop: [ALL]
        seccompProfile:
          type: RuntimeDefault
    - name: web
      image: registry.example/web:1.2.3
      securityContext:
        privileged: true
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: editor-shop
data:
  mode: fast
imutable: true
---
apiVersion: v1
kind: Service
metadata:
  name: policy-says-no
  namespace: editor-shop
spec:
  ports:
    - port: 80
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: fine
  namespace: editor-shop
`;

describe('verdicts of a real API server', () => {
  let server: ApiServer;
  before(async () => {
    server = attachApiServer(process.env.KUBEHARDEN_TEST_API_SERVER ?? '');
    await server.createNamespace('editor-shop');
    await server.createNamespace('editor-strict', strict);
    await denyServices();
    await nameKubeconfig(server.kubeconfig('admin'));
  });
  after(async () => {
    await nameKubeconfig(undefined);
    server.close();
  });
  afterEach(closeAll);

  /** By a policy, which the API server heeds some seconds after it was written. */
  async function denyServices(): Promise<void> {
    const root = '/apis/admissionregistration.k8s.io/v1';
    const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['services'] };
    await server.admin.expect('POST', `${root}/validatingadmissionpolicies`, {
      metadata: { name: 'editor' },
      spec: {
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression: "object.metadata.name != 'policy-says-no'", message: 'Not by this name.' }],
      },
    });
    await server.admin.expect('POST', `${root}/validatingadmissionpolicybindings`, {
      metadata: { name: 'editor' },
      spec: { policyName: 'editor', validationActions: ['Deny'] },
    });
    const service = { metadata: { name: 'policy-says-no' }, spec: { ports: [{ port: 80 }] } };
    await waitFor('the policy', async () => {
      const path = '/api/v1/namespaces/editor-shop/services?dryRun=All';
      return (await server.admin.send('POST', path, service)).status === 422 || undefined;
    });
  }

  it('stand at the field, at the container, at the unknown key and at the object, and nothing is stored', async () => {
    const { document } = await openUntitled(manifest);
    await vscode.commands.executeCommand('kubeharden.checkAgainstCluster');
    const said = await waitFor('verdicts', () => {
      const found = verdicts(document.uri);
      return found.length > 0 ? found : undefined;
    });
    const lines = said
      .map(({ range, message }) => [document.lineAt(range.start.line).text.trim(), message] as const)
      .map(([line, message]) => `${line} => ${message}`);
    const expected = [
      /^runAsUser: -1 => Invalid value: -1: must be between 0 and /,
      /^- name: web => pods "web" is forbidden: violates PodSecurity "restricted:latest": privileged /,
      /^imutable: true => \.imutable: field not declared in schema/,
      /^name: policy-says-no => .*Not by this name\.$/,
    ];
    assert.equal(said.length, expected.length, lines.join('\n'));
    for (const pattern of expected)
      assert.ok(
        lines.some((line) => pattern.test(line)),
        `${pattern} in\n${lines.join('\n')}`,
      );
    assert.ok(said.every(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    for (const path of [
      '/api/v1/namespaces/editor-shop/configmaps/fine',
      '/apis/apps/v1/namespaces/editor-shop/deployments/web',
    ]) {
      assert.equal((await server.admin.send('GET', path)).status, 404, path);
    }
  });

  it('are not taken for refusals where one may not even ask', async () => {
    await nameKubeconfig(server.kubeconfig('view'));
    const { document } = await openUntitled(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fine\n  namespace: editor-shop\n',
    );
    await vscode.commands.executeCommand('kubeharden.checkAgainstCluster');
    const [said] = await waitFor('a verdict', () =>
      verdicts(document.uri).length > 0 ? verdicts(document.uri) : undefined,
    );
    assert.equal(said?.severity, vscode.DiagnosticSeverity.Information);
    assert.match(said?.message ?? '', /cannot patch resource/);
  });
});
