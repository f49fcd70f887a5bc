import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  extension,
  findings,
  inWorkspace,
  openFile,
  openUntitled,
  rangeOf,
  ruleIds,
  takeCodeAction,
  waitFor,
  waitForFinding,
} from './support.ts';

describe('commands', () => {
  afterEach(closeAll);

  it('the documentation of a rule opens offline', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    const { range } = await waitForFinding(document.uri, 'pod/privileged');
    await takeCodeAction(document.uri, range, /documentation of pod\/privileged/);
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('kubeharden-rule:/pod/privileged.md'));
    assert.match(page.getText(), /`pod\/privileged`/);
    await waitFor('the preview', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => /privileged\.md/.test(label))
        ? true
        : undefined,
    );
  });

  it('a snippet is inserted and has no findings', async () => {
    const [name, file] = ['Deny all traffic', 'network'];
    const { document } = await openUntitled('');
    const snippets = vscode.Uri.joinPath(extension().extensionUri, 'snippets', `${file}.code-snippets`);
    const known = Object.keys(JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(snippets))));
    assert.ok(known.length > 0);
    await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: 'yaml', name: known[0] ?? name });
    await waitFor('the text of the snippet', () => (/kind: NetworkPolicy/.test(document.getText()) ? true : undefined));
    await vscode.commands.executeCommand('leaveSnippet');
    // A finding that must come shows that the document was judged.
    const editor = await vscode.window.showTextDocument(document);
    assert.deepEqual(ruleIds(document.uri), []);
    const end = document.lineAt(document.lineCount - 1).range.end;
    const privileged =
      '\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n      image: example.com/c:1\n      securityContext: {privileged: true}\n';
    await editor.edit((edit) => edit.insert(end, privileged));
    await waitForFinding(document.uri, 'pod/privileged');
    assert.ok(
      findings(document.uri).every(({ range }) => range.start.line > end.line),
      'none in the snippet',
    );
  });

  it('a random key of 32 bytes replaces a placeholder, and never a key', async () => {
    const editor = await openUntitled(
      'kind: EncryptionConfiguration\nkeys:\n  - name: key1\n    secret: <32 random bytes>\n',
    );
    const { document } = editor;
    const at = rangeOf(document, '<32').start;
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('kubeharden.generateEncryptionKey');
    const key = /secret: (\S+)$/m.exec(document.getText())?.[1] ?? '';
    assert.equal(Buffer.from(key, 'base64').length, 32);
    const before = document.getText();
    await vscode.commands.executeCommand('kubeharden.generateEncryptionKey');
    assert.equal(document.getText(), before);
  });

  it('checking the workspace finds what is not open, and lets go of it when it is opened', async () => {
    const uri = inWorkspace('plain', 'unopened.yaml');
    assert.deepEqual(ruleIds(uri), []);
    await vscode.commands.executeCommand('kubeharden.scanWorkspace');
    const [ruleId] = await waitFor('findings in a closed file', () =>
      ruleIds(uri).length > 0 ? ruleIds(uri) : undefined,
    );
    const count = ruleIds(uri).length;
    await vscode.window.showTextDocument(uri);
    await waitForFinding(uri, ruleId ?? '');
    assert.equal(ruleIds(uri).length, count, 'each finding once');
    await vscode.commands.executeCommand('kubeharden.clearScanFindings');
  });

  it('the sample of the walkthrough has findings', async () => {
    await vscode.commands.executeCommand('kubeharden.openSample');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    await waitForFinding(document.uri, 'pod/privileged');
  });

  it('the server can be restarted', async () => {
    const { document } = await openFile('team', 'pod.yaml');
    await waitForFinding(document.uri, 'pod/privileged');
    await vscode.commands.executeCommand('kubeharden.restartServer');
    await waitForFinding(document.uri, 'pod/privileged');
  });
});
