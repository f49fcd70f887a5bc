import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  findings,
  openFile,
  openUntitled,
  privilegedPod,
  replace,
  ruleIds,
  waitForFinding,
  waitUntilGone,
} from './support.ts';

describe('diagnostics', () => {
  afterEach(closeAll);

  it('come and go while somebody types, without saving', async () => {
    const editor = await openFile('team', 'pod.yaml');
    const { uri } = editor.document;
    await waitForFinding(uri, 'pod/privileged');
    await replace(editor, 'privileged: true', 'privileged: false');
    await waitUntilGone(uri, 'pod/privileged');
    await replace(editor, 'privileged: false', 'privileged: true');
    await waitForFinding(uri, 'pod/privileged');
    assert.ok(editor.document.isDirty);
  });

  it('carry a rule id with a link, one sentence, and a place on the value', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    const finding = await waitForFinding(document.uri, 'pod/privileged');
    assert.ok(typeof finding.code === 'object' && finding.code.target.scheme === 'https');
    assert.match(finding.message, /^[^\n]+\.$/);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.lineAt(finding.range.start.line).text.trim(), 'privileged: true');
    assert.ok(finding.range.isSingleLine);
  });

  it('come once: no finding is both pulled and pushed', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    await waitForFinding(document.uri, 'pod/privileged');
    assert.equal(new Set(ruleIds(document.uri)).size, ruleIds(document.uri).length);
  });

  it('appear in an untitled document', async () => {
    const { document } = await openUntitled(privilegedPod);
    await waitForFinding(document.uri, 'pod/privileged');
  });

  it('follow the settings of each workspace folder', async () => {
    const team = await openFile('team', 'pod.yaml');
    await waitForFinding(team.document.uri, 'pod/privileged');
    // Only the restricted profile of this folder's .kubeharden.yaml has this one.
    await waitForFinding(team.document.uri, 'pod/seccomp-missing');

    const plain = await openFile('plain', 'pod.yaml');
    // Something else of the folder is judged, so silence is an answer.
    await replace(plain, 'spec:\n', 'spec:\n  securityContext:\n    allowPrivilegeEscalation: false\n');
    await waitForFinding(plain.document.uri, 'pod/misplaced-container-field');
    assert.ok(!ruleIds(plain.document.uri).includes('pod/privileged'), 'switched off in the folder');
    assert.ok(!ruleIds(plain.document.uri).includes('pod/seccomp-missing'), 'not in the default profile');
  });

  it('follow a changed setting without reload', async () => {
    const { document } = await openUntitled(privilegedPod);
    await waitForFinding(document.uri, 'pod/privileged');
    const settings = vscode.workspace.getConfiguration('kubeharden');
    await settings.update('rules', { 'pod/privileged': 'off' }, vscode.ConfigurationTarget.Global);
    try {
      await waitUntilGone(document.uri, 'pod/privileged');
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
    }
    await waitForFinding(document.uri, 'pod/privileged');
  });

  it('wait for a save with kubeharden.run: onSave', async () => {
    const settings = vscode.workspace.getConfiguration('kubeharden');
    await settings.update('run', 'onSave', vscode.ConfigurationTarget.Global);
    try {
      const editor = await openFile('plain', 'worker.yaml');
      await replace(editor, 'spec:\n', 'spec:\n  securityContext:\n    allowPrivilegeEscalation: false\n');
      // A changed setting has every open document asked for once more; unsaved text still waits.
      await settings.update('maxProblems', 999, vscode.ConfigurationTarget.Global);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.deepEqual(ruleIds(editor.document.uri), []);
      await editor.document.save();
      await waitForFinding(editor.document.uri, 'pod/misplaced-container-field');
    } finally {
      await settings.update('maxProblems', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('run', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('leave YAML alone that is none of Kubernetes', async () => {
    const other = await openUntitled('services:\n  web:\n    image: nginx:latest\n    privileged: true\n');
    const { document } = await openUntitled(privilegedPod);
    await waitForFinding(document.uri, 'pod/privileged');
    assert.deepEqual(findings(other.document.uri), []);
  });

  it('go with the document', async () => {
    const { document } = await openUntitled(privilegedPod);
    await waitForFinding(document.uri, 'pod/privileged');
    await closeAll();
    await waitUntilGone(document.uri, 'pod/privileged');
  });
});
