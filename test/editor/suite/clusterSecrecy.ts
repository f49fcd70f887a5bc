// With the protocol traced and Secrets listed: nothing secret in a document, a diagnostic, a hover, or a file that VS Code
// writes, logs and storage among them.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { FakeApiServer } from '../../cluster/fakeApiServer.ts';
import { startFakeApiServer } from '../../cluster/fakeApiServer.ts';
import { assertSilent, type PlantedKubeconfig, plantedReply, plantKubeconfig } from '../../cluster/plantedCluster.ts';
import { contextNode, deployment, nameKubeconfig, openFinding, verdicts } from './clusterAtHand.ts';
import { closeAll, openUntitled, waitFor, waitForFinding } from './support.ts';

const secret = { group: '', version: 'v1', kind: 'Secret', namespace: 'shop', name: 'database' };
const settings = { 'trace.server': 'verbose', 'cluster.readSecretMetadata': true, profile: 'all' };

describe('what is secret in a cluster and in a kubeconfig', () => {
  const undo: (() => unknown)[] = [];
  let server: FakeApiServer;
  let planted: PlantedKubeconfig;
  let repeats = false;
  before(async () => {
    server = await startFakeApiServer({ reply: (request) => plantedReply(request, repeats) });
    undo.push(() => server.close());
    planted = await plantKubeconfig({ after: (end) => void undo.push(end as () => unknown) }, server);
    await nameKubeconfig(planted.kubeconfig);
    undo.push(() => nameKubeconfig(undefined));
    for (const [name, value] of Object.entries(settings)) {
      await configure(name, value);
      undo.push(() => configure(name, undefined));
    }
  });
  after(async () => {
    for (const end of undo.reverse()) await end();
  });
  afterEach(closeAll);

  function configure(name: string, value: unknown): Thenable<void> {
    return vscode.workspace.getConfiguration('kubeharden').update(name, value, vscode.ConfigurationTarget.Global);
  }

  const scan = (contextName: string) =>
    vscode.commands.executeCommand('kubeharden.scanCluster', contextNode(contextName));

  async function assertDocumentSilent(document: vscode.TextDocument): Promise<void> {
    assertSilent(document.getText(), planted.secrets, `the document ${document.uri.path}`);
    const diagnostics = vscode.languages.getDiagnostics(document.uri);
    assertSilent(JSON.stringify(diagnostics), planted.everything, `the diagnostics of ${document.uri.path}`);
    for (const { range } of diagnostics) {
      const command = 'vscode.executeHoverProvider';
      const hovers = await vscode.commands.executeCommand(command, document.uri, range.start);
      assertSilent(JSON.stringify(hovers), planted.secrets, `a hover in ${document.uri.path}`);
    }
  }

  it('is in no document of a live object', async () => {
    await scan('token');
    const shown = await openFinding('token', secret, ['data', 'password']);
    assert.match(shown?.document.getText() ?? '', /^ {2}password: ""$/m);
    const workload = await openFinding('token', deployment('web'), []);
    assert.ok(shown !== undefined && workload !== undefined);
    await waitForFinding(workload.document.uri, 'pod/privileged');
    for (const { document } of [shown, workload]) await assertDocumentSilent(document);
  });

  it('is in no document, though the cluster repeats what it is sent', async () => {
    repeats = true;
    for (const contextName of ['stale', 'lostProxy', 'password', 'provider', 'mismatch', 'both', 'token']) {
      await scan(contextName);
    }
    const shown = await openFinding('token', secret, []);
    assert.ok(shown !== undefined);
    const { document } = shown;
    // VS Code may still know what stood there before.
    await waitFor('what the cluster says', () => (/^# .*\[hidden\]/.test(document.getText()) ? true : undefined));
    await assertDocumentSilent(document);
  });

  it('is in no verdict of a dry run', async () => {
    // Other words: what somebody types is in a document, of course.
    const [typed, encoded] = ['overtherainbow', Buffer.from('overtherainbow').toString('base64')];
    const text = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: database\n  namespace: shop\ndata:\n  password: ${encoded}\n`;
    const { document } = await openUntitled(text);
    // There are several contexts, so that it is asked which; the first is as good as any.
    const done = vscode.commands.executeCommand('kubeharden.checkAgainstCluster');
    const said = await waitFor('a verdict', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return verdicts(document.uri).length > 0 ? verdicts(document.uri) : undefined;
    });
    await done;
    const { line } = said[0]?.range.start ?? {};
    assert.equal(line, 6);
    assert.match(said[0]?.message ?? '', /\[hidden\]/);
    assertSilent(JSON.stringify(said), [typed, encoded, ...planted.everything], 'the verdicts');
  });

  it('is in no file that VS Code keeps, though all that is said to the language server is logged', () => {
    const folder = dirname(process.env.KUBEHARDEN_TEST_RESULTS ?? '');
    const files = readdirSync(join(folder, 'data'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    let log = '';
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const text = readIfThere(path);
      assertSilent(text, planted.secrets, path);
      if (file.name.endsWith('.log')) log += text;
    }
    // The logs have what it is looked for in.
    for (const pattern of [
      /Scanned token: \d+ ms/,
      /textDocument\/didOpen/,
      /kind: Secret\\nmetadata:\\n {2}name: database/,
    ]) {
      assert.ok(pattern.test(log), String(pattern));
    }
  });
});

/** A backup goes with the editor that it is of. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
