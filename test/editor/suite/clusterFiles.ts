import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type ClusterAtHand, clusterAtHand, contextNode, verdicts } from './clusterAtHand.ts';
import {
  closeAll,
  codeActions,
  openFile,
  openUntitled,
  replace,
  ruleIdOf,
  waitFor,
  waitForFinding,
  waitUntilGone,
} from './support.ts';

const deployment = (name: string, podSpec: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      ${podSpec}\n      containers:\n        - name: web\n          image: registry.example/web:1.2.3\n`;

describe('a cluster and the files', () => {
  let cluster: ClusterAtHand;
  before(async () => {
    cluster = await clusterAtHand();
  });
  after(() => cluster.end());
  afterEach(closeAll);

  const patches = () => cluster.server.seen.filter(({ method }) => method === 'PATCH');

  it('a finding is fixed where the file has it, by the file’s own quick fix', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    const { uri } = document;
    const found = await waitForFinding(uri, 'pod/privileged');
    const actions = await codeActions(uri, found.range, vscode.CodeActionKind.QuickFix.value);
    const fix = actions.find((action) => action.isPreferred === true);
    assert.ok(fix !== undefined, 'there is a preferred fix');
    const finding = {
      uri: uri.toString(),
      range: found.range,
      ruleId: ruleIdOf(found),
      severity: 'error',
      message: found.message,
      fix: { title: fix.title, fixClass: 'hardening' },
    };
    const object = { group: '', version: 'v1', kind: 'Pod', namespace: '', name: 'web' };
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const regression = { key: 'a', object, finding };
    const node = { kind: 'regression', id: 'a', contextName: 'test', parent: undefined, regression };
    await vscode.commands.executeCommand('kubeharden.fixInFile', node);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    await waitUntilGone(uri, 'pod/privileged');
  });

  it('a dry run shows the verdicts of the cluster in the document, until that changes', async () => {
    const text = `${deployment('web', 'hostNetwork: false')}---\n${deployment('api', 'hostPID: true')}`;
    const editor = await openUntitled(text);
    const { uri } = editor.document;
    const before = patches().length;
    await vscode.commands.executeCommand('kubeharden.checkAgainstCluster');
    const [denied] = await waitFor('a verdict', () => (verdicts(uri).length > 0 ? verdicts(uri) : undefined));
    assert.ok(denied !== undefined);
    assert.equal(denied.message, 'not in this cluster');
    assert.equal(denied.severity, vscode.DiagnosticSeverity.Error);
    assert.match(editor.document.lineAt(denied.range.start.line).text, /hostPID: true/);
    assert.equal(verdicts(uri).length, 1);
    const sent = patches().slice(before);
    assert.deepEqual(
      sent.map(({ path }) => path.split('?')[0]),
      ['web', 'api'].map((name) => `/apis/apps/v1/namespaces/shop/deployments/${name}`),
    );
    assert.ok(sent.every(({ path }) => path.includes('dryRun=All')));
    await replace(editor, 'hostPID: true', 'hostPID: false');
    await waitFor('the verdicts to go', () => (verdicts(uri).length === 0 ? true : undefined));
  });

  /** Takes the first level that is offered, and looks at what the cluster was asked. */
  async function whatIf(node?: object): Promise<{ readonly path: string; readonly body: unknown }> {
    const before = patches().length;
    const done = vscode.commands.executeCommand('kubeharden.whatIfPodSecurity', node);
    const [asked] = await waitFor('the question to the cluster', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const sent = patches().slice(before);
      return sent.length > 0 ? sent : undefined;
    });
    // What it answered stands in a list until somebody closes that.
    let isOver = false;
    void done.then(() => {
      isOver = true;
    });
    await waitFor('the answer to be closed', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return isOver || undefined;
    });
    assert.equal(patches().length, before + 1);
    return { path: asked?.path ?? '', body: JSON.parse(asked?.body ?? '') };
  }
  const baseline = { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } };

  it('a level is tried out for a namespace of the tree', async () => {
    const group = { key: { kind: 'namespace', namespace: 'shop' }, findings: [], groups: [] };
    const { path, body } = await whatIf({ ...contextNode('test'), kind: 'group', group });
    assert.match(path, /^\/api\/v1\/namespaces\/shop\?dryRun=All&/);
    assert.deepEqual(body, baseline);
  });

  it('a level is tried out for the namespace that the open document declares', async () => {
    await openUntitled('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: kube-system\n');
    const { path, body } = await whatIf();
    assert.match(path, /^\/api\/v1\/namespaces\/kube-system\?dryRun=All&/);
    assert.deepEqual(body, baseline);
  });

  it('a template is not sent, for it is no object yet', async () => {
    const { document } = await openUntitled(deployment('{{ .Release.Name }}', 'hostPID: true'));
    // Its name is that of the document before it, until the language server has heard of it.
    await waitForFinding(document.uri, 'pod/host-pid');
    const before = patches().length;
    await vscode.commands.executeCommand('kubeharden.checkAgainstCluster');
    assert.equal(patches().length, before);
    assert.deepEqual(verdicts(document.uri), []);
  });
});
