// What of an open document can be sent to a cluster, and where a path of it lies.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import {
  type DocumentObjectsResult,
  documentObjectsMethod,
  type PlaceRangeResult,
  placeRangeMethod,
} from '../../server/src/language/protocol/index.ts';
import { denyAll, privilegedPod } from './samples.ts';
import { TestClient, temporaryFolder, uriOf } from './testClient.ts';

const uri = 'untitled:Untitled-1';

async function objectsOf(client: TestClient, text: string): Promise<DocumentObjectsResult> {
  await client.open(uri, text);
  return client.connection.sendRequest<DocumentObjectsResult>(documentObjectsMethod, { textDocument: { uri } });
}

it('objects of an open document are given as JSON, items of a list each by itself', async (t) => {
  const client = await TestClient.start(t);
  const list = `apiVersion: v1\nkind: List\nitems:\n  - ${denyAll.trimEnd().replaceAll('\n', '\n    ')}\n`;
  const { objects, leftOut } = await objectsOf(client, `# nothing\n---\n${privilegedPod}---\n${list}`);
  assert.deepEqual(leftOut, []);
  assert.deepEqual(
    objects.map(({ documentIndex, path, name, range }) => [documentIndex, path, name, range.start.line]),
    [
      [1, [], 'Pod shop/web', 5],
      [2, ['items', 0], 'NetworkPolicy shop/default-deny', 20],
    ],
  );
  assert.deepEqual(objects[1]?.object, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny', namespace: 'shop' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
  const path = ['items', 0, 'spec', 'policyTypes', 1];
  const params = { textDocument: { uri }, documentIndex: 2, path };
  const range = await client.connection.sendRequest<PlaceRangeResult>(placeRangeMethod, params);
  assert.deepEqual(range?.start, { line: 26, character: 10 });
  await client.stop();
});

it('what is no object by itself is left out, with the reason', async (t) => {
  const client = await TestClient.start(t);
  const texts = {
    'Only Helm makes': privilegedPod.replace('name: web', 'name: {{ .Release.Name }}'),
    'The text has errors': privilegedPod.replace('privileged: true', 'privileged: ['),
    'This is a patch': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n$patch: delete\n',
    'This file is for Kustomize':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
    'The object has no name': privilegedPod.replace('  name: web\n  namespace', '  namespace'),
  };
  for (const [reason, text] of Object.entries(texts)) {
    const { objects, leftOut } = await objectsOf(client, text);
    assert.deepEqual(objects, []);
    assert.equal(leftOut.length, 1);
    assert.ok(leftOut[0]?.reason.startsWith(reason), leftOut[0]?.reason);
    await client.close(uri);
  }
  assert.deepEqual(await objectsOf(client, 'a: 1\n'), { objects: [], leftOut: [] });
  await client.stop();
});

it('a file that a kustomization lays over another is no object by itself', async (t) => {
  const folder = temporaryFolder(t, {
    'pod.yaml': privilegedPod,
    'kustomization.yaml': 'patches: [{path: pod.yaml}]\n',
  });
  const client = await TestClient.start(t, { folders: [folder] });
  const patch = uriOf(join(folder, 'pod.yaml'));
  await client.untilIndexed();
  await client.open(patch, privilegedPod);
  const params = { textDocument: { uri: patch } };
  const { objects, leftOut } = await client.connection.sendRequest<DocumentObjectsResult>(
    documentObjectsMethod,
    params,
  );
  assert.deepEqual([objects.length, leftOut.length], [0, 1]);
  await client.stop();
});
