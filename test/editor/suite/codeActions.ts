import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  codeActions,
  inWorkspace,
  openFile,
  openUntitled,
  rangeOf,
  takeCodeAction,
  waitFor,
  waitForFinding,
  waitUntilGone,
} from './support.ts';

const twoContainers = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
      securityContext:
        privileged: true # for the network
    - name: proxy
      image: registry.example.com/proxy:2.0.1
      securityContext:
        privileged: true
`;

const misplaced = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    allowPrivilegeEscalation: false
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
`;

describe('code actions', () => {
  afterEach(closeAll);

  it('come in order: fix, fix all of the rule, ignore, severity, documentation', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    const titles = (await codeActions(document.uri, range, 'quickfix')).map(({ title }) => title);
    const order = [
      /privileged: false/,
      /^Ignore pod\/privileged here/,
      /^Report pod\/privileged as/,
      /documentation of pod\/privileged/,
    ];
    const places = order.map((pattern) => titles.findIndex((title) => pattern.test(title)));
    assert.ok(!places.includes(-1), titles.join('\n'));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      titles.join('\n'),
    );
  });

  it('a fix changes its value and nothing else', async () => {
    const { document } = await openUntitled(twoContainers);
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    await takeCodeAction(document.uri, range, /privileged: false/);
    assert.equal(document.getText(), twoContainers.replace('privileged: true # for', 'privileged: false # for'));
  });

  it('one action fixes all findings of a rule', async () => {
    const { document } = await openUntitled(twoContainers);
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    await takeCodeAction(document.uri, range, /^Fix all 2 findings of pod\/privileged/);
    assert.doesNotMatch(document.getText(), /privileged: true/);
    await waitUntilGone(document.uri, 'pod/privileged');
  });

  it('ignoring writes a directive that works', async () => {
    const editor = await openFile('team', 'pod.yaml');
    const { document } = editor;
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    await takeCodeAction(document.uri, range, /^Ignore pod\/privileged here/);
    assert.equal(
      document.getText(editor.selection),
      'why this is acceptable',
      'the reason is selected, to be typed over',
    );
    assert.match(document.getText(), /^ {8}# kubeharden-ignore pod\/privileged -- .*\n {8}privileged: true$/m);
    await waitUntilGone(document.uri, 'pod/privileged');
  });

  it('ignoring in the file silences every finding of the rule', async () => {
    const { document } = await openUntitled(twoContainers);
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    await takeCodeAction(document.uri, range, /^Ignore pod\/privileged in this file/);
    await waitUntilGone(document.uri, 'pod/privileged');
  });

  it('a severity is changed in the team configuration', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    await takeCodeAction(document.uri, range, /pod\/privileged.*(info|information)/i);
    await waitFor('information instead of an error', async () => {
      const finding = await waitForFinding(document.uri, 'pod/privileged');
      return finding.severity === vscode.DiagnosticSeverity.Information ? true : undefined;
    });
    await vscode.window.showTextDocument(inWorkspace('team', '.kubeharden.yaml'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('source.fixAll.kubeharden applies the safe fixes, and a second time nothing', async () => {
    const { document } = await openUntitled(misplaced);
    await waitForFinding(document.uri, 'pod/misplaced-container-field');
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    await takeCodeAction(document.uri, all, /Fix all/, 'source.fixAll.kubeharden');
    await waitUntilGone(document.uri, 'pod/misplaced-container-field');
    assert.match(document.getText(), /image: .*\n {6}securityContext:\n {8}allowPrivilegeEscalation: false\n/);
    assert.deepEqual(await codeActions(document.uri, all, 'source.fixAll.kubeharden'), []);
  });

  it('the whole resource is hardened', async () => {
    const { document } = await openUntitled(twoContainers);
    await waitForFinding(document.uri, 'pod/privileged');
    const actions = await codeActions(document.uri, rangeOf(document, 'name: web\nspec'), 'refactor.rewrite');
    const harden = actions.find(({ title }) => /^Harden Pod/.test(title));
    assert.ok(harden?.edit, actions.map(({ title }) => title).join('\n'));
    assert.ok(harden.edit.entries().some(([uri]) => uri.toString() === document.uri.toString()));
  });

  it('the command fixes all safe findings of the file', async () => {
    const { document } = await openUntitled(misplaced);
    await waitForFinding(document.uri, 'pod/misplaced-container-field');
    await vscode.commands.executeCommand('kubeharden.fixAllInFile');
    await waitUntilGone(document.uri, 'pod/misplaced-container-field');
  });

  it('fixes on save', async () => {
    const { document } = await openFile('plain', 'misplaced.yaml');
    await waitForFinding(document.uri, 'pod/misplaced-container-field');
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update(
      'codeActionsOnSave',
      { 'source.fixAll.kubeharden': 'explicit' },
      vscode.ConfigurationTarget.Global,
    );
    try {
      await vscode.commands.executeCommand('workbench.action.files.save');
      await waitFor('the saved file', async () => {
        const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
        return /\n {6}securityContext:\n {8}allowPrivilegeEscalation: false # Kubernetes ignores it here\n/.test(
          saved,
        ) || /\n {6}securityContext:\n {8}allowPrivilegeEscalation: false\n/.test(saved)
          ? true
          : undefined;
      });
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
