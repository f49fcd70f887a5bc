import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type ClusterAtHand, clusterAtHand, deployment, openFinding } from './clusterAtHand.ts';
import {
  closeAll,
  codeActions,
  openFile,
  replace,
  ruleIds,
  waitFor,
  waitForFinding,
  waitUntilGone,
} from './support.ts';

const privileged = ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'privileged'];

async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers: readonly vscode.Hover[] = await vscode.commands.executeCommand(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((one) => (typeof one === 'string' ? one : one.value))
    .join('\n');
}

const setRules = (rules: Readonly<Record<string, string>> | undefined) =>
  vscode.workspace.getConfiguration('kubeharden').update('rules', rules, vscode.ConfigurationTarget.Global);

describe('a live cluster', () => {
  let cluster: ClusterAtHand;
  before(async () => {
    cluster = await clusterAtHand();
  });
  after(() => cluster.end());
  afterEach(closeAll);

  it('is not contacted for an editor that is still open from before', async () => {
    const editor = await openFinding('test', deployment('web'), privileged);
    assert.match(editor?.document.getText() ?? '', /^# The object is shown once the context "test" was scanned\.$/m);
    assert.equal(cluster.server.seen.length, 0);
  });

  it('is scanned on request', async () => {
    await vscode.commands.executeCommand('kubeharden.scanCluster');
    const lists = cluster.server.seen.map(({ path }) => path.split('?')[0]);
    assert.ok(lists.includes('/apis/apps/v1/deployments'), lists.join('\n'));
    assert.ok(
      cluster.server.seen.every(({ headers }) => /^kubeharden\/\d+\.\d+\.\d+$/.test(headers['user-agent'] ?? '')),
      'requests name the extension and its version',
    );
    assert.ok(!lists.some((path) => /secrets/.test(path ?? '')), 'Secrets are not asked for');
  });

  it('shows an object at the place of a finding, with the diagnostics and the hover of a file', async () => {
    const editor = await openFinding('test', deployment('web'), privileged);
    assert.ok(editor);
    const { document } = editor;
    assert.equal(document.languageId, 'yaml');
    assert.match(document.lineAt(editor.selection.active.line).text, /^ +privileged: true$/);
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    assert.ok(range.contains(editor.selection.active));
    assert.match(await hoverAt(document.uri, range.start), /pod\/privileged/);
  });

  it('says in the hover who set the field, and asks for it once', async () => {
    const editor = await openFinding('test', deployment('web'), privileged);
    assert.ok(editor);
    const { uri } = editor.document;
    const { range } = await waitForFinding(uri, 'pod/privileged');
    const count = () => cluster.server.seen.filter(({ path }) => path.endsWith('/deployments/web')).length;
    assert.match(await hoverAt(uri, range.start), /Set by `kubectl-edit` \(update\) on 2026-11-03\./);
    const before = count();
    assert.match(await hoverAt(uri, range.start), /Set by `kubectl-edit`/);
    assert.equal(count(), before);
    assert.doesNotMatch(await hoverAt(uri, new vscode.Position(0, 0)), /Set by/);
  });

  it('offers documentation for what it shows, and no fix, for it cannot be edited', async () => {
    const editor = await openFinding('test', deployment('payment'), privileged);
    assert.ok(editor);
    const { range } = await waitForFinding(editor.document.uri, 'pod/privileged');
    const actions = await waitFor('code actions', async () => {
      const found = await codeActions(editor.document.uri, range);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      actions.map(({ edit, command }) => [edit, command?.command]),
      actions.map(() => [undefined, 'kubeharden.showRuleDocumentation']),
    );
    const before = editor.document.getText();
    await vscode.commands.executeCommand('kubeharden.hardenResource');
    assert.equal(editor.document.getText(), before);
  });

  it('shows an object in every window of it that is open anew after a scan', async () => {
    const editor = await openFinding('test', deployment('web'), ['metadata']);
    assert.ok(editor);
    const count = () => cluster.server.seen.filter(({ path }) => path.endsWith('/deployments/web')).length;
    const before = count();
    await vscode.commands.executeCommand('kubeharden.scanCluster');
    await waitFor('the object to be read again', () => (count() > before ? true : undefined));
    assert.ok(ruleIds(editor.document.uri).includes('pod/privileged'));
  });

  it('shows in an object what the tree shows of it: by the configuration of the workspace, and not by the settings alone', async () => {
    const editor = await openFinding('test', deployment('web'), privileged);
    assert.ok(editor);
    const { uri } = editor.document;
    await waitForFinding(uri, 'pod/run-as-non-root');
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    const configuration = await openFile('team', '.kubeharden.yaml');
    await replace(configuration, 'profile: restricted', 'profile: guide');
    await waitUntilGone(uri, 'pod/run-as-non-root');
    assert.ok(ruleIds(uri).includes('pod/privileged'));
    await vscode.commands.executeCommand('undo');
    await waitForFinding(uri, 'pod/run-as-non-root');
  });

  it('follows a rule that is switched off, at once and without asking the cluster', async () => {
    const editor = await openFinding('test', deployment('web'), privileged);
    assert.ok(editor);
    const { uri } = editor.document;
    await waitForFinding(uri, 'pod/privileged');
    const asked = cluster.server.seen.length;
    const began = Date.now();
    await setRules({ 'pod/privileged': 'off' });
    try {
      await waitUntilGone(uri, 'pod/privileged');
      assert.ok(Date.now() - began < 3_000, `it took ${Date.now() - began} ms`);
    } finally {
      await setRules(undefined);
    }
    await waitForFinding(uri, 'pod/privileged');
    assert.equal(cluster.server.seen.length, asked);
  });

  it('says in the document why an object cannot be shown', async () => {
    const editor = await openFinding('test', deployment('gone'), []);
    assert.match(editor?.document.getText() ?? '', /^# .+\n$/);
    assert.deepEqual(ruleIds(editor?.document.uri ?? vscode.Uri.parse('untitled:none')), []);
  });
});
