import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { ScanWorkspaceResult } from '../../server/src/language/protocol/index.ts';
import { denyAll, privilegedPod } from './samples.ts';
import { poorClient, rangeOf, TestClient, temporaryFolder, uriOf, writeFileIn } from './testClient.ts';

const calmPod = privilegedPod.replace('privileged: true', 'privileged: false');
const defaultDeny = 'network/default-deny-missing';

describe('settings', () => {
  it('are asked for each document and differ between two folders', async (t) => {
    const one = temporaryFolder(t, { 'pod.yaml': privilegedPod });
    const two = temporaryFolder(t, { 'pod.yaml': privilegedPod });
    const client = await TestClient.start(t, {
      folders: [one, two],
      settings: (scope) => (scope.startsWith(uriOf(two)) ? { rules: { 'pod/privileged': 'off' } } : {}),
    });
    for (const folder of [one, two]) await client.open(uriOf(join(folder, 'pod.yaml')), privilegedPod);
    assert.ok((await client.codes(uriOf(join(one, 'pod.yaml')))).includes('pod/privileged'));
    assert.ok(!(await client.codes(uriOf(join(two, 'pod.yaml')))).includes('pod/privileged'));
    await client.stop();
  });

  it('hold at once when they change, and the client is told to ask again', async (t) => {
    const uri = 'untitled:Untitled-1';
    let settings: unknown = {};
    const client = await TestClient.start(t, { settings: () => settings });
    await client.open(uri, privilegedPod);
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.until(() => client.registered.includes('workspace/didChangeConfiguration'), 'the registration');
    for (const [next, codes] of [
      [{ enable: false }, []],
      [{ rules: { 'pod/privileged': 'off' } }, []],
      [{ rules: 'nonsense', profile: 7, maxProblems: -3 }, ['pod/privileged']],
    ] as const) {
      settings = next;
      const before = client.refreshCount;
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await client.until(() => client.refreshCount > before, 'the refresh');
      assert.deepEqual(await client.codes(uri), codes);
    }
    await client.stop();
  });

  it('come with the notification where the client cannot be asked', async (t) => {
    const uri = 'untitled:Untitled-1';
    const client = await TestClient.start(t, { capabilities: poorClient });
    await client.open(uri, privilegedPod);
    await client.until(() => client.pushed.get(uri)?.length === 1, 'the finding');
    const settings = { kubeharden: { rules: { 'pod/privileged': 'off' } } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await client.until(() => client.pushed.get(uri)?.length === 0, 'no finding');
    await client.stop();
  });

  it('can leave typing alone until the file is saved', async (t) => {
    const uri = 'untitled:Untitled-1';
    const client = await TestClient.start(t, { capabilities: poorClient });
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { kubeharden: { run: 'onSave' } },
    });
    await client.open(uri, privilegedPod);
    await client.until(() => client.pushed.get(uri)?.length === 1, 'the finding');
    await client.type(uri, rangeOf(client.document(uri), 'true'), 'false');
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(client.pushed.get(uri)?.length, 1);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await client.until(() => client.pushed.get(uri)?.length === 0, 'no finding once saved');
    await client.stop();
  });

  it('give way to .kubeharden.yaml, whose changes are followed', async (t) => {
    const folder = temporaryFolder(t, { 'pod.yaml': privilegedPod });
    const pod = uriOf(join(folder, 'pod.yaml'));
    const client = await TestClient.start(t, {
      folders: [folder],
      settings: () => ({ rules: { 'pod/privileged': 'info' } }),
    });
    await client.open(pod, privilegedPod);
    const severity = async (): Promise<number | undefined> =>
      (await client.diagnostics(pod)).find(({ code }) => code === 'pod/privileged')?.severity;
    assert.equal(await severity(), 3);
    writeFileIn(folder, '.kubeharden.yaml', 'rules:\n  pod/privileged: warning\n');
    const uri = uriOf(join(folder, '.kubeharden.yaml'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
    await client.until(async () => (await severity()) === 2, 'the team’s severity');
    await client.until(() => client.refreshCount > 0, 'the refresh');
    await client.open(uri, 'rules:\n  pod/privileged: off\n');
    await client.type(uri, rangeOf(client.document(uri), 'off'), 'error');
    await client.until(async () => (await severity()) === 1, 'the severity as it is typed');
    await client.stop();
  });
});

describe('findings across files', () => {
  it('appear once the folder has been read and go when another file settles them', async (t) => {
    const folder = temporaryFolder(t, { 'pod.yaml': calmPod });
    const pod = uriOf(join(folder, 'pod.yaml'));
    const policy = uriOf(join(folder, 'policy.yaml'));
    const client = await TestClient.start(t, { folders: [folder], settings: () => ({ profile: 'restricted' }) });
    await client.open(pod, calmPod);
    await client.until(async () => (await client.codes(pod)).includes(defaultDeny), 'the finding');
    writeFileIn(folder, 'policy.yaml', denyAll);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: policy, type: 1 }],
    });
    await client.until(async () => !(await client.codes(pod)).includes(defaultDeny), 'no finding');
    await client.until(() => client.refreshCount > 0, 'the refresh');
    rmSync(join(folder, 'policy.yaml'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: policy, type: 3 }],
    });
    await client.until(async () => (await client.codes(pod)).includes(defaultDeny), 'the finding again');
    await client.open(policy, denyAll);
    assert.ok(!(await client.codes(pod)).includes(defaultDeny), 'an open document counts as it is in the editor');
    await client.close(policy);
    await client.until(
      async () => (await client.codes(pod)).includes(defaultDeny),
      'the file that is not on disk forgotten',
    );
    await client.stop();
  });

  it('are not reported in a file that was opened alone', async (t) => {
    const folder = temporaryFolder(t, { 'pod.yaml': calmPod });
    const pod = uriOf(join(folder, 'pod.yaml'));
    const client = await TestClient.start(t, { settings: () => ({ profile: 'all' }) });
    await client.open(pod, calmPod);
    await client.untilIndexed();
    assert.ok(!(await client.codes(pod)).includes(defaultDeny));
    await client.stop();
  });

  it('do not take ignored files, packages and excluded files into account', async (t) => {
    const folder = temporaryFolder(t, {
      'pod.yaml': calmPod,
      '.gitignore': 'out/\n',
      'out/policy.yaml': denyAll,
      'node_modules/x/policy.yaml': denyAll,
      'vendor/policy.yaml': denyAll,
    });
    const pod = uriOf(join(folder, 'pod.yaml'));
    const client = await TestClient.start(t, {
      folders: [folder],
      settings: () => ({ profile: 'restricted', exclude: ['vendor/**'] }),
    });
    await client.open(pod, calmPod);
    await client.until(async () => (await client.codes(pod)).includes(defaultDeny), 'the finding');
    await client.stop();
  });
});

describe('the scan of the workspace', () => {
  it('answers the findings of files that are not open, with progress and a summary', async (t) => {
    const folder = temporaryFolder(t, {
      'a.yaml': privilegedPod,
      'sub/b.yaml': privilegedPod,
      'c.txt': privilegedPod,
      'big.yaml': `# ${'x'.repeat(90_000)}\n`,
    });
    const client = await TestClient.start(t, { folders: [folder], settings: () => ({ maxFileSizeKb: 64 }) });
    const a = uriOf(join(folder, 'a.yaml'));
    await client.open(a, privilegedPod);
    const progress: { kind: string; percentage?: number }[] = [];
    client.connection.onNotification('$/progress', ({ token, value }: { token: string; value: { kind: string } }) => {
      if (token === 'scan') progress.push(value);
    });
    const result = await client.connection.sendRequest<ScanWorkspaceResult>('kubeharden/scanWorkspace', {
      workDoneToken: 'scan',
    });
    assert.deepEqual(
      result.files.map(({ uri }) => uri),
      [uriOf(join(folder, 'sub/b.yaml'))],
    );
    assert.ok(result.files[0]?.diagnostics.some(({ code }) => code === 'pod/privileged'));
    assert.equal(result.manifestCount, 2);
    assert.equal(result.resourceCount, 2);
    assert.equal(result.notChecked.length, 1);
    assert.match(result.summary, /^\d+ findings in 2 resources of 2 files; 1 not checked\.$/);
    assert.deepEqual([progress.at(0)?.kind, progress.at(-1)?.kind], ['begin', 'end']);
    assert.equal(progress.findLast(({ kind }) => kind === 'report')?.percentage, 100);
    await client.stop();
  });

  it('can be cancelled', async (t) => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.yaml`, privilegedPod]));
    const client = await TestClient.start(t, { folders: [temporaryFolder(t, files)] });
    const source = new CancellationTokenSource();
    client.connection.onNotification('$/progress', () => source.cancel());
    const scan = client.connection.sendRequest('kubeharden/scanWorkspace', { workDoneToken: 'scan' }, source.token);
    await assert.rejects(scan, { code: -32800 });
    await client.stop();
  });
});
