// The request kubeharden/declarations against a real server process.

import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import {
  type DeclarationsParams,
  type DeclarationsResult,
  type DeclaredObject,
  declarationsMethod,
  type LiveObject,
  type LiveVerdict,
} from '../../server/src/language/protocol/index.ts';
import { privilegedPod } from './samples.ts';
import { rangeOf, TestClient, temporaryFolder, uriOf, writeFileIn } from './testClient.ts';

const isPrivileged: LiveVerdict = {
  ruleId: 'pod/privileged',
  messageKey: 'privileged',
  args: { container: 'web' },
  path: ['spec', 'containers', 0, 'securityContext', 'privileged'],
};
const usesHostPid: LiveVerdict = { ruleId: 'pod/host-pid', messageKey: 'hostPid', args: {}, path: ['spec', 'hostPID'] };

const judgedBy = ['pod/privileged', 'pod/host-pid'];

function web(...findings: readonly LiveVerdict[]): LiveObject {
  return { group: '', kind: 'Pod', namespace: 'shop', name: 'web', findings };
}

function ask(client: TestClient, ...objects: readonly LiveObject[]): Promise<DeclarationsResult> {
  return client.connection.sendRequest<DeclarationsResult>(declarationsMethod, { objects, rules: judgedBy });
}

async function answer(client: TestClient, object: LiveObject): Promise<DeclaredObject> {
  const [declared] = (await ask(client, object)).objects;
  assert.ok(declared !== undefined);
  return declared;
}

/** The files that have each finding. */
const filesOf = ({ findings }: DeclaredObject) =>
  findings.flatMap((one) => (one.case === 'both' ? [[one.inFile, ...one.alsoIn].map(({ uri }) => basename(uri))] : []));

const cases = ({ findings }: DeclaredObject): readonly string[] => findings.map((finding) => finding.case);

describe('declarations of live objects', () => {
  it('are answered when the workspace has been read, without waiting for it', async (t) => {
    const folder = temporaryFolder(t, { 'k8s/pod.yaml': `# first line\n${privilegedPod}` });
    const client = await TestClient.start(t, { folders: [folder] });
    const missing: LiveObject = { ...web(isPrivileged), name: 'other' };
    const { objects } = await ask(client, missing, web(isPrivileged, usesHostPid));
    assert.deepEqual(
      objects.map(({ index }) => index),
      [1],
    );
    const [declared] = objects;
    assert.deepEqual(declared?.candidates, [
      {
        uri: uriOf(join(folder, 'k8s/pod.yaml')),
        range: { start: { line: 4, character: 8 }, end: { line: 4, character: 11 } },
        confidence: 'certain',
        why: 'The same kind, namespace and name.',
      },
    ]);
    assert.deepEqual(
      declared?.findings.map((finding) => finding.case),
      ['both', 'fixedNotDeployed'],
    );
    const [first] = declared?.findings ?? [];
    assert.ok(first?.case === 'both');
    assert.equal(first.inFile.range.start.line, 11);
    assert.equal(first.inFile.fix?.fixClass, 'hardening');
    assert.deepEqual(declared?.regressions, []);
    await client.stop();
  });

  it('say what the next apply would bring back', async (t) => {
    const folder = temporaryFolder(t, { 'pod.yaml': privilegedPod });
    const client = await TestClient.start(t, { folders: [folder] });
    const { regressions } = await answer(client, web());
    assert.deepEqual(
      regressions.map(({ ruleId, severity }) => [ruleId, severity]),
      [['pod/privileged', 'error']],
    );
    const params: DeclarationsParams = { objects: [web()], rules: ['pod/host-pid'] };
    const { objects } = await client.connection.sendRequest<DeclarationsResult>(declarationsMethod, params);
    assert.deepEqual(
      objects[0]?.regressions,
      [],
      'that a rule which is off in the cluster finds nothing means nothing',
    );
    await client.stop();
  });

  it('follow the editor, the disk and the settings', async (t) => {
    const folder = temporaryFolder(t, { 'pod.yaml': privilegedPod });
    const uri = uriOf(join(folder, 'pod.yaml'));
    let settings: unknown = {};
    const client = await TestClient.start(t, { folders: [folder], settings: () => settings });
    assert.deepEqual(cases(await answer(client, web(isPrivileged))), ['both']);
    await client.open(uri, privilegedPod);
    await client.type(uri, rangeOf(client.document(uri), 'true'), 'false');
    assert.deepEqual(cases(await answer(client, web(isPrivileged))), ['fixedNotDeployed']);
    await client.close(uri);
    assert.deepEqual(cases(await answer(client, web(isPrivileged))), ['both']);
    writeFileIn(folder, 'pod.yaml', privilegedPod.replace('privileged: true', 'privileged: no'));
    assert.deepEqual(cases(await answer(client, web(isPrivileged))), ['fixedNotDeployed']);
    settings = { rules: { 'pod/privileged': 'off' } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(cases(await answer(client, web(isPrivileged))), ['notJudgedInFile']);
    await client.stop();
  });

  it('know what is ignored, and what a template or an unreadable file cannot tell', async (t) => {
    const ignored = privilegedPod.replace(
      'privileged: true',
      'privileged: true # kubeharden-ignore pod/privileged -- needed',
    );
    const template = privilegedPod
      .replace('image:', 'env: {{ .Values.env }}\n      image:')
      .replace('privileged: true', 'privileged: false');
    const broken = privilegedPod.replace('privileged: true', 'privileged: [');
    for (const [text, expected] of [
      [ignored, 'ignoredInFile'],
      [template, 'notJudgedInFile'],
      [broken, 'notJudgedInFile'],
    ] as const) {
      const folder = temporaryFolder(t, { 'pod.yaml': text });
      const client = await TestClient.start(t, { folders: [folder] });
      assert.deepEqual(cases(await answer(client, web(isPrivileged))), [expected]);
      await client.stop();
    }
  });

  it('of several equal files claim nothing that not all of them say', async (t) => {
    const folder = temporaryFolder(t, {
      'a.yaml': privilegedPod,
      'b.yaml': privilegedPod.replace('privileged: true', 'privileged: false'),
    });
    const client = await TestClient.start(t, { folders: [folder] });
    const declared = await answer(client, web(isPrivileged, usesHostPid));
    assert.equal(declared.candidates.length, 2);
    assert.deepEqual(cases(declared), ['both', 'fixedNotDeployed']);
    assert.deepEqual(filesOf(declared), [['a.yaml']]);
    assert.deepEqual((await answer(client, web())).regressions, []);
    await client.stop();
  });

  it('name every file that has the finding, where any of them may be what was applied', async (t) => {
    const folder = temporaryFolder(t, { 'a.yaml': privilegedPod, 'b.yaml': privilegedPod });
    const client = await TestClient.start(t, { folders: [folder] });
    assert.deepEqual(filesOf(await answer(client, web(isPrivileged))), [['a.yaml', 'b.yaml']]);
    await client.stop();
  });

  it('of thousands of objects take little time, and can be given up', async (t) => {
    const documents = Array.from({ length: 1000 }, (_, index) =>
      privilegedPod.replace('name: web', `name: web-${index}`),
    );
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `${index}.yaml`,
        documents.slice(index * 20, index * 20 + 20).join('---\n'),
      ]),
    );
    const client = await TestClient.start(t, { folders: [temporaryFolder(t, files)] });
    await client.untilIndexed();
    const objects = Array.from({ length: 4000 }, (_, index) => ({ ...web(isPrivileged), name: `web-${index}` }));
    const began = performance.now();
    const { objects: declared } = await ask(client, ...objects);
    const first = performance.now() - began;
    assert.equal(declared.filter((one) => cases(one).join() === 'both').length, 1000);
    await ask(client, ...objects);
    const second = performance.now() - began - first;
    t.diagnostic(`first ${Math.round(first)} ms, again ${Math.round(second)} ms`);
    assert.ok(second < first, 'Files that did not change are not judged again.');

    const source = new CancellationTokenSource();
    const given = client.connection.sendRequest(declarationsMethod, { objects, rules: judgedBy }, source.token);
    source.cancel();
    await assert.rejects(given, /Nobody waits/);
    await client.stop();
  });
});
