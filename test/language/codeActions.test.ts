import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { misplacedField, privilegedPod } from './samples.ts';
import { ableClient, poorClient, rangeOf, TestClient, temporaryFolder, uriOf, writeFileIn } from './testClient.ts';

const uri = 'untitled:Untitled-1';
const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

async function actionsAtPrivileged(client: TestClient, at = uri): Promise<CodeAction[]> {
  const diagnostics = await client.diagnostics(at);
  return client.codeActions(at, rangeOf(client.document(at), 'privileged: true'), { diagnostics });
}

function titled(actions: readonly CodeAction[], pattern: RegExp): CodeAction {
  const action = actions.find(({ title }) => pattern.test(title));
  assert.ok(action, `no ${pattern} among ${actions.map(({ title }) => title).join(' | ')}`);
  return action;
}

describe('quick fixes', () => {
  it('fix: listed without an edit, resolved to a versioned one, applied, and gone', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    const [fix] = await actionsAtPrivileged(client);
    assert.equal(fix?.kind, 'quickfix');
    assert.equal(fix?.isPreferred, true);
    assert.equal(fix?.diagnostics?.[0]?.code, 'pod/privileged');
    assert.equal(fix?.edit, undefined);
    assert.ok(fix);
    const resolved = await client.resolve(fix);
    const change = resolved.edit?.documentChanges?.[0];
    assert.deepEqual(change !== undefined && 'textDocument' in change && change.textDocument, { uri, version: 1 });
    await client.apply(resolved.edit);
    assert.deepEqual(await client.codes(uri), []);
    await client.stop();
  });

  it('come in the order fix, fix all, suppress, severity, documentation', async (t) => {
    const client = await TestClient.start(t, {
      folders: [],
      initializationOptions: { clientCommands: ['kubeharden.showRuleDocumentation'] },
    });
    await client.open(uri, `${privilegedPod}---\n${privilegedPod}`);
    const actions = (await actionsAtPrivileged(client)).filter(({ kind }) => kind === 'quickfix');
    const families = [/^(?!Fix all|Ignore|Report|Turn|Show)/, /^Fix all/, /^Ignore/, /^(Report|Turn)/, /^Show/];
    const order = actions.map(({ title }) => families.findIndex((family) => family.test(title)));
    assert.deepEqual(order, [...order].sort());
    assert.equal(actions.filter(({ isPreferred }) => isPreferred === true).length, 1);
    assert.deepEqual(actions.at(-1)?.command, {
      title: 'Show documentation of pod/privileged',
      command: 'kubeharden.showRuleDocumentation',
      arguments: ['pod/privileged'],
    });
    await client.stop();
  });

  it('fix all of a rule in the file', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, `${privilegedPod}---\n${privilegedPod}---\n${misplacedField}`);
    const action = titled(await actionsAtPrivileged(client), /^Fix all 2 findings of pod\/privileged/);
    await client.apply((await client.resolve(action)).edit);
    assert.deepEqual(await client.codes(uri), ['pod/misplaced-container-field']);
    await client.stop();
  });

  it('suppress a line with the indentation of the line', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    const action = titled(await actionsAtPrivileged(client), /^Ignore pod\/privileged here/);
    await client.apply((await client.resolve(action)).edit);
    assert.match(
      client.text(uri),
      /^ {8}# kubeharden-ignore pod\/privileged -- why this is acceptable\n {8}privileged: true$/m,
    );
    assert.deepEqual(await client.codes(uri), []);
    await client.stop();
  });

  it('suppress a resource at the top of its document', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, `${privilegedPod}---\n${privilegedPod}`);
    const range = rangeOf(client.document(uri), 'privileged: true', 1);
    const action = titled(await client.codeActions(uri, range), /^Ignore pod\/privileged in this resource/);
    await client.apply((await client.resolve(action)).edit);
    assert.match(client.text(uri), /---\n# kubeharden-ignore pod\/privileged -- .*\napiVersion/);
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.stop();
  });

  it('suppress a file at its top', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, `${privilegedPod}---\n${privilegedPod}`);
    const range = rangeOf(client.document(uri), 'privileged: true', 1);
    const action = titled(await client.codeActions(uri, range), /^Ignore pod\/privileged in this file/);
    await client.apply((await client.resolve(action)).edit);
    assert.match(client.text(uri), /^# kubeharden-ignore-file pod\/privileged -- .*\napiVersion/);
    assert.deepEqual(await client.codes(uri), []);
    await client.stop();
  });

  it('suppress an item of a List, and JSON, by an annotation', async (t) => {
    const client = await TestClient.start(t);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        containers: [{ name: 'web', image: `x@sha256:${'a'.repeat(64)}`, securityContext: { privileged: true } }],
      },
    };
    await client.open(uri, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod, pod] }, undefined, 2), 'json');
    const range = rangeOf(client.document(uri), '"privileged": true', 1);
    const action = titled(await client.codeActions(uri, range), /^Ignore pod\/privileged in this resource/);
    await client.apply((await client.resolve(action)).edit);
    const { items } = JSON.parse(client.text(uri));
    assert.deepEqual(items[1].metadata.annotations, {
      'kubeharden.io/ignore.pod.privileged': 'why this is acceptable',
    });
    assert.deepEqual(items[0], pod);
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.stop();
  });

  it('turn a rule off in a .kubeharden.yaml that is made where there is none', async (t) => {
    const folder = temporaryFolder(t, { 'apps/pod.yaml': privilegedPod });
    const pod = uriOf(join(folder, 'apps/pod.yaml'));
    const client = await TestClient.start(t, { folders: [folder] });
    await client.untilIndexed();
    await client.open(pod, privilegedPod);
    const { edit } = await client.resolve(titled(await actionsAtPrivileged(client, pod), /^Turn pod\/privileged off/));
    assert.ok(
      Object.values(edit?.changeAnnotations ?? {}).every(({ needsConfirmation }) => needsConfirmation === true),
    );
    const created = await client.apply(edit);
    const configuration = uriOf(join(folder, '.kubeharden.yaml'));
    assert.deepEqual(created, { [configuration]: 'rules:\n  pod/privileged: "off"\n' });
    writeFileIn(folder, '.kubeharden.yaml', created[configuration] ?? '');
    const changes = [{ uri: configuration, type: 1 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.until(async () => !(await client.codes(pod)).includes('pod/privileged'), 'the setting');
    await client.stop();
  });

  it('change a severity in the nearest .kubeharden.yaml, leaving the rest of it alone', async (t) => {
    const configurationText = '# ours\nprofile: guide   # the default\nrules:\n  pod/host-path: off\n';
    const folder = temporaryFolder(t, { 'apps/pod.yaml': privilegedPod, '.kubeharden.yaml': configurationText });
    const pod = uriOf(join(folder, 'apps/pod.yaml'));
    const configuration = uriOf(join(folder, '.kubeharden.yaml'));
    const client = await TestClient.start(t, { folders: [folder] });
    await client.open(configuration, configurationText);
    await client.open(pod, privilegedPod);
    const action = titled(await actionsAtPrivileged(client, pod), /^Report pod\/privileged as info/);
    await client.apply((await client.resolve(action)).edit);
    assert.equal(client.text(configuration), `${configurationText}  pod/privileged: info\n`);
    const severity = async (): Promise<number | undefined> =>
      (await client.diagnostics(pod)).find(({ code }) => code === 'pod/privileged')?.severity;
    await client.until(async () => (await severity()) === 3, 'the new severity');
    await client.until(() => client.refreshCount > 0, 'the refresh');
    await client.stop();
  });

  it('are complete at once for a client that resolves nothing', async (t) => {
    const client = await TestClient.start(t, { capabilities: poorClient });
    await client.open(uri, privilegedPod);
    const [fix] = await client.codeActions(uri, rangeOf(client.document(uri), 'privileged: true'));
    assert.ok(fix?.edit?.changes?.[uri]);
    await client.apply(fix.edit);
    await client.until(() => client.pushed.get(uri)?.length === 0, 'no finding');
    await client.stop();
  });

  it('leave a tab stop where the author must decide, for a client that has them', async (t) => {
    const text = privilegedPod.replace(/@sha256:a+/, ':latest').replace('privileged: true', 'privileged: false');
    for (const [capabilities, inserted] of [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of snippets
      [ableClient, '${1:REPLACE_WITH_VERSION}'],
      [poorClient, 'REPLACE_WITH_VERSION'],
    ] as const) {
      const client = await TestClient.start(t, { capabilities });
      await client.open(uri, text);
      const actions = await client.codeActions(uri, rangeOf(client.document(uri), ':latest'));
      const action = titled(actions, /replace the placeholder/);
      const { edit } = action.edit === undefined ? await client.resolve(action) : action;
      assert.ok(JSON.stringify(edit).includes(inserted), JSON.stringify(edit));
      await client.apply(edit);
      assert.match(client.text(uri), /web:REPLACE_WITH_VERSION\n/);
      await client.stop();
    }
  });

  it('ask before they add a file, and are not offered where no file can be added', async (t) => {
    const calm = privilegedPod.replace('privileged: true', 'privileged: false');
    const folder = temporaryFolder(t, { 'apps/pod.yaml': calm });
    const pod = uriOf(join(folder, 'apps/pod.yaml'));
    for (const capabilities of [ableClient, { ...ableClient, workspace: { configuration: true } }]) {
      const client = await TestClient.start(t, {
        capabilities,
        folders: [folder],
        settings: () => ({ profile: 'all' }),
      });
      await client.open(pod, calm);
      const missing = async (): Promise<Diagnostic | undefined> =>
        (await client.diagnostics(pod)).find(({ code }) => code === 'network/default-deny-missing');
      await client.until(async () => (await missing()) !== undefined, 'the finding');
      const range = (await missing())?.range ?? whole;
      const fixes = (await client.codeActions(pod, range)).filter(({ title }) => /^Create a default-deny/.test(title));
      if (capabilities !== ableClient) assert.deepEqual(fixes, []);
      else {
        const { edit } = await client.resolve(titled(fixes, /./));
        assert.equal(Object.values(edit?.changeAnnotations ?? {})[0]?.needsConfirmation, true);
        const created = await client.apply(edit);
        assert.deepEqual(Object.keys(created), [uriOf(join(folder, 'apps/default-deny-shop.yaml'))]);
        assert.match(Object.values(created).join(), /kind: NetworkPolicy/);
      }
      await client.stop();
    }
  });

  it('say why they cannot be applied', async (t) => {
    const client = await TestClient.start(t);
    const text = privilegedPod
      .replace('metadata:', 'x-context: &context\n  privileged: true\nmetadata:')
      .replace('securityContext:\n        privileged: true', 'securityContext: *context');
    await client.open(uri, text);
    const [diagnostic] = (await client.diagnostics(uri)).filter(({ code }) => code === 'pod/privileged');
    assert.ok(diagnostic);
    const actions = await client.codeActions(uri, diagnostic.range);
    for (const { title, disabled, isPreferred } of actions.filter((action) => /privileged: false/.test(action.title))) {
      assert.match(disabled?.reason ?? '', /^[A-Z].*\.$/, title);
      assert.equal(isPreferred, undefined);
    }
    assert.equal(titled(actions, /^Ignore pod\/privileged here/).disabled, undefined);
    await client.stop();
  });
});

describe('source.fixAll', () => {
  for (const only of ['source', 'source.fixAll', 'source.fixAll.kubeharden']) {
    it(`is found under ${only} and fixes what is safe, once`, async (t) => {
      const client = await TestClient.start(t);
      await client.open(uri, `${misplacedField}---\n${privilegedPod}`);
      const actions = await client.codeActions(uri, whole, { only: [only] });
      assert.deepEqual(
        actions.map(({ kind }) => kind),
        ['source.fixAll.kubeharden'],
      );
      const [fixAll] = actions;
      assert.ok(fixAll);
      await client.apply((await client.resolve(fixAll)).edit);
      assert.deepEqual(await client.codes(uri), ['pod/privileged']);
      assert.deepEqual(await client.codeActions(uri, whole, { only: [only] }), []);
      await client.stop();
    });
  }

  it('is not in the light bulb, and other kinds are not under source', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, misplacedField);
    const actions = await client.codeActions(uri, whole);
    assert.ok(actions.length > 0);
    assert.ok(actions.every(({ kind }) => !kind?.startsWith('source')));
    assert.deepEqual(await client.codeActions(uri, whole, { only: ['source.organizeImports'] }), []);
    assert.ok((await client.codeActions(uri, whole, { only: ['quickfix'] })).every(({ kind }) => kind === 'quickfix'));
    await client.stop();
  });
});

describe('Harden this resource', () => {
  it('asks for confirmation and leaves other resources alone', async (t) => {
    const client = await TestClient.start(t, { settings: () => ({ profile: 'restricted' }) });
    const other = privilegedPod.replaceAll('web', 'api');
    await client.open(uri, `${privilegedPod}---\n${other}`);
    const at = rangeOf(client.document(uri), 'kind: Pod');
    const [harden] = await client.codeActions(uri, at, { only: ['refactor'] });
    assert.ok(harden);
    assert.match(harden.title, /^Harden Pod shop\/web/);
    const { edit } = await client.resolve(harden);
    assert.ok(
      Object.values(edit?.changeAnnotations ?? {}).every(({ needsConfirmation }) => needsConfirmation === true),
    );
    assert.equal(Object.keys(edit?.changeAnnotations ?? {}).length, 1);
    await client.apply(edit);
    const [hardened, untouched] = client.text(uri).split('---\n');
    assert.equal(untouched, other);
    assert.match(hardened ?? '', /allowPrivilegeEscalation: false/);
    await client.stop();
  });

  it('answers the request of the same purpose', async (t) => {
    const client = await TestClient.start(t, { settings: () => ({ profile: 'restricted' }) });
    await client.open(uri, privilegedPod);
    const params = { textDocument: { uri }, position: { line: 1, character: 0 } };
    const result = await client.connection.sendRequest<{ resource: string; applied: string[] }>(
      'kubeharden/hardenResource',
      params,
    );
    assert.equal(result.resource, 'Pod shop/web');
    assert.ok(result.applied.length > 1, result.applied.join());
    await client.stop();
  });
});
