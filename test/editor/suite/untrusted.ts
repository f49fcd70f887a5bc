import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clusterAtHand, deployment, openFinding } from './clusterAtHand.ts';
import { closeAll, extension, openFile, takeCodeAction, waitForFinding, waitUntilGone } from './support.ts';

describe('an untrusted workspace', () => {
  after(closeAll);

  it('is untrusted indeed', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('is checked, and fixed', async () => {
    const { document } = await openFile('untrusted', 'pod.yaml');
    assert.ok(extension());
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    await takeCodeAction(document.uri, range, /privileged: false/);
    await waitUntilGone(document.uri, 'pod/privileged');
  });

  it('does not set limits', () => {
    const { workspaceFolders } = vscode.workspace;
    const maxProblems = vscode.workspace
      .getConfiguration('kubeharden', workspaceFolders?.[0])
      .inspect<number>('maxProblems');
    assert.equal(
      vscode.workspace.getConfiguration('kubeharden', workspaceFolders?.[0]).get('maxProblems'),
      maxProblems?.defaultValue,
    );
  });

  it('contacts no cluster and reads no kubeconfig', async () => {
    const cluster = await clusterAtHand();
    try {
      await vscode.commands.executeCommand('kubeharden.scanCluster');
      await vscode.commands.executeCommand('kubeharden.refreshContexts');
      const editor = await openFinding('test', deployment('web'), []);
      assert.match(editor?.document.getText() ?? '', /^# Clusters are read only in a trusted workspace\.$/m);
      assert.equal(cluster.server.seen.length, 0);
    } finally {
      await cluster.end();
    }
  });

  it('gets a team configuration on request', async () => {
    await vscode.commands.executeCommand('kubeharden.createConfiguration');
    const document = vscode.window.activeTextEditor?.document;
    assert.match(document?.uri.path ?? '', /\/\.kubeharden\.yaml$/);
    assert.match(document?.getText() ?? '', /^profile: guide$/m);
  });
});
