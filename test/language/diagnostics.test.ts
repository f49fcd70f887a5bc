import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { misplacedField, privilegedPod } from './samples.ts';
import { poorClient, rangeOf, TestClient } from './testClient.ts';

const uri = 'untitled:Untitled-1';

describe('pulled diagnostics', () => {
  it('carry all that an editor shows', async (t) => {
    const client = await TestClient.start(t);
    assert.deepEqual(client.initialized.capabilities.diagnosticProvider, {
      identifier: 'kubeharden',
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
    await client.open(uri, privilegedPod);
    const [diagnostic, ...others] = await client.diagnostics(uri);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.code, 'pod/privileged');
    assert.equal(diagnostic?.source, 'KubeHarden');
    assert.equal(diagnostic?.severity, DiagnosticSeverity.Error);
    assert.equal(
      diagnostic?.codeDescription?.href,
      'https://github.com/kubeharden/kubeharden/blob/main/docs/rules/pod/privileged.md',
    );
    assert.match(String(diagnostic?.message), /^[A-Z].*web.*\.$/);
    assert.deepEqual(diagnostic?.range, rangeOf(client.document(uri), 'true'));
    assert.equal(diagnostic?.data.ruleId, 'pod/privileged');
    assert.equal(typeof diagnostic?.data.fingerprint, 'string');
    await client.stop();
  });

  it('follow what is typed, character by character', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod.replace('privileged: true', 'privileged: '));
    assert.deepEqual(await client.codes(uri), []);
    const end = rangeOf(client.document(uri), 'privileged: ').end;
    for (const [index, character] of [...'true'].entries()) {
      const at = { line: end.line, character: end.character + index };
      await client.type(uri, { start: at, end: at }, character);
    }
    assert.equal(client.text(uri), privilegedPod);
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.type(uri, rangeOf(client.document(uri), 'true'), 'false');
    assert.deepEqual(await client.codes(uri), []);
    await client.stop();
  });

  it('answer unchanged while nothing changes', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    const first = await client.pull(uri);
    assert.equal(first.kind, 'full');
    assert.deepEqual(await client.pull(uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.type(uri, rangeOf(client.document(uri), 'shop'), 'shed');
    assert.equal((await client.pull(uri, first.resultId)).kind, 'full');
    await client.stop();
  });

  it('count positions in UTF-16 units', async (t) => {
    const client = await TestClient.start(t);
    const text = privilegedPod
      .replace('name: web\n      image', 'name: "🦊é"\n      image')
      .replace(
        'securityContext:\n        privileged: true',
        'securityContext: {readOnlyRootFilesystem: true, "🦊": 1, privileged: true}',
      );
    await client.open(uri, text);
    const diagnostics = await client.diagnostics(uri);
    const privileged = diagnostics.find(({ code }) => code === 'pod/privileged');
    assert.deepEqual(privileged?.range, rangeOf(client.document(uri), 'true', 1));
    await client.stop();
  });

  it('observe cancellation', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri } };
    const cancelled = client.connection.sendRequest('textDocument/diagnostic', params, source.token);
    source.cancel();
    await assert.rejects(cancelled, { code: -32800 });
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.stop();
  });

  it('stop at the limit and say how many are missing', async (t) => {
    const client = await TestClient.start(t, { settings: () => ({ maxProblems: 2 }) });
    await client.open(uri, Array(5).fill(privilegedPod).join('---\n'));
    const diagnostics = await client.diagnostics(uri);
    assert.equal(diagnostics.length, 3);
    assert.match(String(diagnostics.at(-1)?.message), /^3 more findings/);
    assert.equal(diagnostics.at(-1)?.severity, DiagnosticSeverity.Information);
    await client.stop();
  });

  it('tag what is dead', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, `# kubeharden-ignore pod/host-path -- was mounted once\n${misplacedField}`);
    const unused = (await client.diagnostics(uri)).find(({ code }) => code === 'kubeharden/unused-suppression');
    assert.deepEqual(unused?.tags, [1]);
    await client.stop();
  });
});

describe('which documents are judged', () => {
  it('JSON whose head shows a manifest, and no other JSON', async (t) => {
    const client = await TestClient.start(t);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        containers: [{ name: 'web', image: `x@sha256:${'a'.repeat(64)}`, securityContext: { privileged: true } }],
      },
    };
    await client.open('untitled:pod.json', JSON.stringify(pod, undefined, 2), 'json');
    assert.ok((await client.codes('untitled:pod.json')).includes('pod/privileged'));
    await client.open('untitled:package.json', '{"name": "x", "name": "y", ', 'json');
    assert.deepEqual(await client.codes('untitled:package.json'), []);
    await client.stop();
  });

  it('templates of a chart by the name that other extensions give them', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod.replace('name: web', 'name: {{ .Release.Name }}'), 'helm');
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.stop();
  });

  it('not the past of a file, nor compose files; a closed document has none', async (t) => {
    const client = await TestClient.start(t);
    await client.open('git:/repo/pod.yaml?ref=HEAD', privilegedPod);
    assert.deepEqual(await client.codes('git:/repo/pod.yaml?ref=HEAD'), []);
    await client.open('untitled:compose.yaml', privilegedPod, 'dockercompose');
    assert.deepEqual(await client.codes('untitled:compose.yaml'), []);
    await client.open(uri, privilegedPod, 'helm');
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.close(uri);
    assert.deepEqual(await client.codes(uri), []);
    await client.stop();
  });

  it('says why a binary or too large file is not checked', async (t) => {
    const client = await TestClient.start(t, { settings: () => ({ maxFileSizeKb: 64 }) });
    const statusOf = (name: string): { notChecked: string[] } | undefined =>
      client.notifications
        .filter(
          ({ method, params }) => method === 'kubeharden/documentStatus' && (params as { uri: string }).uri === name,
        )
        .at(-1)?.params as { notChecked: string[] } | undefined;
    await client.open('untitled:binary.yaml', `${privilegedPod}\0\0\u0001\u0002${'\0'.repeat(500)}`);
    assert.deepEqual(await client.codes('untitled:binary.yaml'), []);
    await client.until(() => statusOf('untitled:binary.yaml')?.notChecked.length === 1, 'a reason');
    await client.open('untitled:large.yaml', privilegedPod + `# ${'x'.repeat(70)}\n`.repeat(1000));
    assert.deepEqual(await client.codes('untitled:large.yaml'), []);
    await client.until(() => statusOf('untitled:large.yaml')?.notChecked.length === 1, 'a reason');
    assert.match(statusOf('untitled:large.yaml')?.notChecked[0] ?? '', /^[A-Z].*\.$/);
    await client.stop();
  });
});

describe('a client that cannot pull', () => {
  it('is sent diagnostics on opening, after typing, and none once closed', async (t) => {
    const client = await TestClient.start(t, { capabilities: poorClient });
    assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
    const codes = (): string[] | undefined => client.pushed.get(uri)?.map(({ code }) => String(code));
    await client.open(uri, privilegedPod);
    await client.until(() => codes()?.join() === 'pod/privileged', 'the finding');
    await client.type(uri, rangeOf(client.document(uri), 'true'), 'false');
    await client.until(() => codes()?.length === 0, 'no finding after typing');
    await client.type(uri, rangeOf(client.document(uri), 'false'), 'true');
    await client.until(() => codes()?.length === 1, 'the finding again');
    await client.close(uri);
    await client.until(() => codes()?.length === 0, 'no finding after closing');
    await client.stop();
  });

  it('that can is not pushed anything', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    await client.codes(uri);
    await client.close(uri);
    await client.codes(uri);
    assert.equal(client.pushed.size, 0);
    await client.stop();
  });
});

describe('nonsense', () => {
  it('does not end the server', async (t) => {
    const client = await TestClient.start(t);
    await client.connection.sendNotification('textDocument/didOpen', { nothing: true });
    await client.connection.sendNotification('textDocument/didChange', { textDocument: { uri: 'file:///x' } });
    await client.connection.sendNotification('textDocument/didClose');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: 7 });
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: 'x' });
    await client.connection.sendNotification('kubeharden/unknown', {});
    assert.deepEqual(await client.connection.sendRequest('textDocument/codeAction', { textDocument: 3 }), []);
    await assert.rejects(client.connection.sendRequest('kubeharden/hardenResource', null));
    await assert.rejects(client.connection.sendRequest('kubeharden/generateKey', { bytes: -1 }));
    assert.equal(await client.hover('file:///unknown.yaml', { line: 0, character: 0 }), null);
    assert.deepEqual(await client.resolve({ title: 'x', data: { uri: 7 } }), { title: 'x', data: { uri: 7 } });
    await client.open(uri, privilegedPod);
    await client.type(uri, { start: { line: 9999, character: 5 }, end: { line: 3, character: 9999 } }, 'x');
    await client.codes(uri);
    await client.stop();
  });
});
