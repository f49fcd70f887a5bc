// Documents that show objects of a cluster have the findings that the client tells of them, and no others.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver';
import {
  type DeclarationsResult,
  declarationsMethod,
  type LiveFindingToShow,
  liveFindingsMethod,
} from '../../server/src/language/protocol/index.ts';
import { privilegedPod } from './samples.ts';
import { poorClient, rangeOf, TestClient, temporaryFolder } from './testClient.ts';

const uri = 'kubeharden-live:/prod/shop/Pod%20web.yaml?%5B%22prod%22%5D';

const isPrivileged: LiveFindingToShow = {
  ruleId: 'pod/privileged',
  severity: 'warning',
  message: 'The scan said so.',
  path: ['spec', 'containers', 0, 'securityContext', 'privileged'],
  key: 'a',
};
const isUncovered: LiveFindingToShow = {
  ruleId: 'network/pod-coverage',
  severity: 'error',
  message: 'No policy covers it.',
  path: [],
  key: 'b',
  check: { summary: 'Every pod is covered', why: 'Whoever breaks in reaches everything.' },
};

const tell = (client: TestClient, ...findings: readonly LiveFindingToShow[]): Promise<void> =>
  client.connection.sendNotification(liveFindingsMethod, { uri, findings });

describe('a document that shows an object of a cluster', () => {
  it('has no findings before something is told, whatever its text says', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    assert.deepEqual(await client.diagnostics(uri), []);
    await client.stop();
  });

  it('has what is told, at its places, as grave as it is told', async (t) => {
    const client = await TestClient.start(t);
    // The client may be quicker to tell than to open.
    await tell(client, isPrivileged, isUncovered);
    await client.open(uri, privilegedPod);
    const diagnostics = await client.diagnostics(uri);
    assert.deepEqual(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [
        ['network/pod-coverage', DiagnosticSeverity.Error],
        ['pod/privileged', DiagnosticSeverity.Warning],
      ],
    );
    const [check, rule] = diagnostics;
    assert.deepEqual(rule?.range, rangeOf(client.document(uri), 'true'));
    assert.equal(rule?.message, 'The scan said so.', 'in the words of the tree');
    assert.equal(check?.message, 'No policy covers it.');
    assert.deepEqual(check?.range.start, { line: 0, character: 0 });
    assert.match(check?.codeDescription?.href ?? '', /\/docs\/cluster-checks\.md$/);
    const hover = await client.hover(uri, { line: 0, character: 1 });
    assert.match(JSON.stringify(hover?.contents), /Every pod is covered.*Whoever breaks in reaches everything/);
    await client.stop();
  });

  it('has them whatever the settings for files say', async (t) => {
    const settings = { enable: false, profile: 'guide', rules: { 'pod/privileged': 'off' } };
    const client = await TestClient.start(t, { settings: () => settings });
    await client.open(uri, privilegedPod);
    await tell(client, isPrivileged);
    assert.deepEqual(await client.codes(uri), ['pod/privileged']);
    await client.stop();
  });

  it('is asked about again when something else is told', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    await tell(client, isPrivileged);
    const first = await client.pull(uri);
    assert.equal((await client.pull(uri, first.resultId)).kind, 'unchanged');
    await client.until(() => client.refreshCount > 0, 'a refresh');
    const before = client.refreshCount;
    await tell(client);
    const next = await client.pull(uri, first.resultId);
    assert.deepEqual(next.kind === 'full' && next.items, []);
    await client.until(() => client.refreshCount > before, 'another refresh');
    await client.stop();
  });

  it('keeps a finding at the nearest field that is left, and has none without an object', async (t) => {
    const client = await TestClient.start(t, { capabilities: poorClient });
    await tell(client, isPrivileged);
    await client.open(uri, privilegedPod.replace(/\n +securityContext:\n.*$/s, '\n'));
    await client.until(() => client.pushed.get(uri)?.length === 1, 'the finding');
    assert.equal(client.pushed.get(uri)?.[0]?.range.start.line, rangeOf(client.document(uri), '- name').start.line);
    await client.type(uri, { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, '# It is gone.\n');
    await client.until(() => client.pushed.get(uri)?.length === 0, 'none');
    await client.stop();
  });

  it('declares nothing', async (t) => {
    const client = await TestClient.start(t, { folders: [temporaryFolder(t, { 'empty.yaml': '' })] });
    await client.open(uri, privilegedPod);
    const object = { group: '', kind: 'Pod', namespace: 'shop', name: 'web', findings: [] };
    const { objects } = await client.connection.sendRequest<DeclarationsResult>(declarationsMethod, {
      objects: [object],
      rules: [],
    });
    assert.deepEqual(objects, []);
    await client.stop();
  });
});
