// Kubeconfig files are merged as kubectl merges them, and never written.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import {
  type Kubeconfig,
  type KubeconfigContext,
  type KubeconfigPlace,
  readKubeconfig,
} from '../../../server/src/cluster/index.ts';
import { inEnglish } from '../../../server/src/sentences/index.ts';
import { base64, scratchFolder } from '../connectTo.ts';

/** Files below a scratch folder, by name. */
function files(test: TestContext, texts: Readonly<Record<string, string>>): string {
  const folder = scratchFolder(test);
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function read(folder: string, names: readonly string[], more: Partial<KubeconfigPlace> = {}): Promise<Kubeconfig> {
  const KUBECONFIG = names.map((name) => join(folder, name)).join(delimiter);
  return readKubeconfig({ environment: { HOME: folder, KUBECONFIG }, workspaceFolders: [], ...more });
}

function context(kubeconfig: Kubeconfig, name: string): KubeconfigContext {
  const found = kubeconfig.contexts.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
}

const problemsOf = (one: KubeconfigContext) => one.problems.map(inEnglish);

const first = `
apiVersion: v1
kind: Config
clusters:
- name: shared
  cluster: {server: "https://first:6443"}
users:
- name: me
  user: {token: one}
contexts:
- name: both
  context: {cluster: shared, user: me, namespace: team}
`;
const second = `
apiVersion: v1
kind: Config
current-context: later
clusters:
- name: shared
  cluster: {server: "https://second:6443", insecure-skip-tls-verify: true}
- name: other
  cluster: {server: "https://other"}
users:
- name: me
  user: {token: two, as: root}
contexts:
- name: both
  context: {cluster: other, user: me}
- name: later
  context: {cluster: other, user: me}
`;

test('of several files the first that names something wins, as a whole', async (t) => {
  const folder = files(t, { first, second });
  const kubeconfig = await read(folder, ['first', 'absent', 'second', 'first']);
  assert.deepEqual(kubeconfig.files, [join(folder, 'first'), join(folder, 'second')]);
  assert.deepEqual(kubeconfig.problems, []);
  assert.equal(kubeconfig.currentContext, 'later');
  const both = context(kubeconfig, 'both');
  assert.equal(both.clusterName, 'shared');
  assert.equal(both.namespace, 'team');
  assert.equal(both.cluster?.server, 'https://first:6443');
  assert.equal(both.cluster?.skipsTlsVerification, false);
  assert.equal(both.user?.token?.reveal(), 'one');
  assert.equal(both.user?.impersonation, undefined);
  assert.equal(context(kubeconfig, 'later').cluster?.server, 'https://other');
  const reversed = await read(folder, ['second', 'first']);
  assert.equal(context(reversed, 'both').clusterName, 'other');
});

test('without KUBECONFIG it is the file in the home folder, and without that there is none', async (t) => {
  const folder = files(t, { '.kube/config': second });
  for (const KUBECONFIG of [undefined, '']) {
    const place = { environment: { HOME: folder, KUBECONFIG }, workspaceFolders: [] };
    assert.deepEqual((await readKubeconfig(place)).files, [join(folder, '.kube', 'config')]);
  }
  const nowhere = await readKubeconfig({ environment: { HOME: scratchFolder(t) }, workspaceFolders: [] });
  assert.deepEqual(nowhere, { files: [], contexts: [], currentContext: undefined, problems: [] });
});

test('a file that is asked for by name is read alone, and must exist', async (t) => {
  const folder = files(t, { first, second });
  const kubeconfig = await read(folder, ['first'], { explicitFile: join(folder, 'second') });
  assert.deepEqual(kubeconfig.files, [join(folder, 'second')]);
  const absent = await read(folder, ['first'], { explicitFile: join(folder, 'absent') });
  assert.deepEqual(absent.files, []);
  assert.deepEqual(
    absent.problems.map(({ problem }) => inEnglish(problem)),
    ['The kubeconfig cannot be read (ENOENT).'],
  );
});

test('relative paths are relative to the file that they stand in', async (t) => {
  const folder = files(t, {
    'a/config': `
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://c", certificate-authority: ../ca.crt}}]
users:
- name: u
  user:
    client-certificate: u.crt
    client-key: keys/u.key
    tokenFile: /tokens/u
    exec: {apiVersion: client.authentication.k8s.io/v1, command: bin/login}
`,
  });
  const { cluster, user } = context(await read(folder, ['a/config']), 'c');
  assert.deepEqual(cluster?.certificateAuthority, { kind: 'file', path: join(folder, 'ca.crt') });
  assert.deepEqual(user?.clientCertificate, { kind: 'file', path: join(folder, 'a/u.crt') });
  assert.deepEqual(user?.clientKey, { kind: 'file', path: join(folder, 'a/keys/u.key') });
  assert.equal(user?.tokenFile, '/tokens/u');
  assert.equal(user?.exec?.command, join(folder, 'a/bin/login'));
  assert.equal(user?.exec?.folder, join(folder, 'a'));
});

test('what kubectl reads is read: JSON, other documents, anchors, numbers for names, keys in any order', async (t) => {
  const folder = files(t, {
    json: JSON.stringify({
      contexts: [{ name: 'j', context: { cluster: 'c', user: '' } }],
      clusters: [{ name: 'c', cluster: { server: 'c:6443', 'certificate-authority-data': base64('x') } }],
    }),
    yaml: `# mine
users: []
contexts:
- name: 7
  context: &context {cluster: c, user: ""}
- name: again
  context: *context
---
contexts: [{name: ignored}]
`,
  });
  const kubeconfig = await read(folder, ['json', 'yaml']);
  assert.deepEqual(kubeconfig.problems, []);
  assert.deepEqual(
    kubeconfig.contexts.map(({ name }) => name),
    ['j', '7', 'again'],
  );
  // A server without a scheme is https where the entry speaks of TLS.
  assert.equal(context(kubeconfig, 'again').cluster?.server, 'https://c:6443');
  assert.deepEqual(problemsOf(context(kubeconfig, 'j')), []);
});

test('contexts that cannot be used say why', async (t) => {
  const folder = files(t, {
    config: `
contexts:
- {name: lost, context: {cluster: nowhere, user: nobody}}
- {name: empty}
clusters: []
`,
  });
  const kubeconfig = await read(folder, ['config']);
  assert.deepEqual(problemsOf(context(kubeconfig, 'lost')), [
    'Context "lost" uses cluster "nowhere", which no kubeconfig file describes.',
    'Context "lost" uses user "nobody", which no kubeconfig file describes.',
  ]);
  assert.deepEqual(problemsOf(context(kubeconfig, 'empty')), [
    'Context "empty" uses cluster "", which no kubeconfig file describes.',
  ]);
});

const unreadable = [
  ['contexts:\n- name: "a\n', 'The kubeconfig is not valid YAML at line 2, column 10.'],
  ['- a\n', 'The kubeconfig is no map with clusters, users and contexts.'],
  ['kind: Pod\n', 'The file is no kubeconfig: its kind is not "Config".'],
  [
    'users: [{name: a, user: {}}, {name: a, user: {}}]\n',
    'The kubeconfig has two entries named "a" in one list; kubectl refuses that too.',
  ],
] as const;
for (const [text, sentence] of unreadable) {
  test(`a file that is no kubeconfig is named, and the others are still read: ${sentence}`, async (t) => {
    const folder = files(t, { broken: text, second });
    const kubeconfig = await read(folder, ['broken', 'second']);
    assert.deepEqual(
      kubeconfig.problems.map(({ file, problem }) => [file, inEnglish(problem)]),
      [[join(folder, 'broken'), sentence]],
    );
    assert.equal(kubeconfig.contexts.length, 2);
    // The broken file might have named another.
    assert.equal(kubeconfig.currentContext, undefined);
  });
}

test('an empty file says nothing and is no problem', async (t) => {
  const folder = files(t, { empty: '# nothing yet\n', second });
  const kubeconfig = await read(folder, ['empty', 'second']);
  assert.deepEqual(kubeconfig.problems, []);
  assert.equal(kubeconfig.currentContext, 'later');
});

test('no file inside the workspace is read, by whichever way it is named', async (t) => {
  const folder = files(t, { 'repo/config': second, 'repo/deep/.kube/config': second, 'outside/config': second });
  symlinkSync(join(folder, 'repo'), join(folder, 'link'));
  symlinkSync(join(folder, 'repo/config'), join(folder, 'outside/leads-in'));
  symlinkSync(join(folder, 'outside/config'), join(folder, 'repo/leads-out'));
  const sentence = 'The kubeconfig lies inside the workspace, so it is not read: it could run any command.';
  const inside = ['repo/config', 'link/config', 'repo/../repo/config', 'outside/leads-in', 'repo/leads-out'];
  for (const name of inside) {
    const path = `${folder}/${name}`;
    for (const workspace of ['repo', 'link']) {
      const kubeconfig = await readKubeconfig({
        environment: { HOME: join(folder, 'home'), KUBECONFIG: path },
        workspaceFolders: [join(folder, workspace)],
      });
      assert.deepEqual(
        kubeconfig.problems.map(({ problem }) => inEnglish(problem)),
        [sentence],
        `${name} in ${workspace}`,
      );
      assert.deepEqual(kubeconfig.contexts, []);
    }
  }
  const explicit = await read(folder, [], {
    explicitFile: join(folder, 'repo/config'),
    workspaceFolders: [join(folder, 'repo')],
  });
  assert.deepEqual(explicit.contexts, []);
  const outside = await read(folder, ['outside/config'], { workspaceFolders: [join(folder, 'repo')] });
  assert.equal(outside.contexts.length, 2);
});

test('who opens the home folder as a workspace keeps the kubeconfig in it', async (t) => {
  const folder = files(t, { '.kube/config': second });
  const kubeconfig = await readKubeconfig({ environment: { HOME: folder }, workspaceFolders: [folder] });
  assert.equal(kubeconfig.contexts.length, 2);
});

test('nothing is written', async (t) => {
  const folder = files(t, { first });
  const path = join(folder, 'first');
  const { mtimeMs } = statSync(path);
  await read(folder, ['first']);
  assert.equal(readFileSync(path, 'utf8'), first);
  assert.equal(statSync(path).mtimeMs, mtimeMs);
});
