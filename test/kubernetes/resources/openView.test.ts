import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openView } from '../../../server/src/kubernetes/index.ts';
import { parseManifest, planEdits } from '../../../server/src/manifest/index.ts';

const values = { randomBytes: () => '' };

function refusal(text: string): string {
  const file = parseManifest(text);
  const root = file.documents[0]?.root;
  assert.ok(root);
  const node = openView(root).get('spec', 'hostNetwork');
  const plan = planEdits(file, [{ op: 'set', node, value: false }], values);
  assert.ok(plan.kind === 'refused');
  return plan.reason;
}

test('a fix that sets what a fragment lacks is refused for that reason', () => {
  assert.match(refusal('spec:\n  hostPID: true\n'), /^This is a patch/);
  assert.match(refusal('{"spec": {"hostPID": true}}'), /^This is a patch/);
});

test('in a fragment as well, another obstacle keeps its own reason', () => {
  assert.match(refusal('spec:\n  {{- with .Values.spec }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\n'), /Helm/);
  assert.match(refusal('spec:\n  hostNetwork: {a\n'), /syntax error/);
  assert.match(refusal('a: &a {hostPID: true}\nspec: *a\n'), /alias/);
});

test('what a fragment holds can be changed', () => {
  const file = parseManifest('spec:\n  hostNetwork: true\n');
  const root = file.documents[0]?.root;
  assert.ok(root);
  const node = openView(root).get('spec', 'hostNetwork');
  assert.equal(planEdits(file, [{ op: 'set', node, value: false }], values).kind, 'edits');
});

test('below a written null a path keeps all its steps', () => {
  const root = parseManifest('securityContext:\n').documents[0]?.root;
  assert.ok(root);
  const drop = openView(root).get('securityContext', 'capabilities', 'drop');
  assert.deepEqual([drop.path, drop.isMissing], [['securityContext', 'capabilities', 'drop'], true]);
});
