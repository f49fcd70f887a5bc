import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { MarkupContent } from 'vscode-languageserver';
import {
  type PlaceRangeResult,
  placeRangeMethod,
  type RuleDocumentationResult,
  ruleDocumentationMethod,
} from '../../server/src/language/protocol/index.ts';
import { privilegedPod } from './samples.ts';
import { rangeOf, TestClient, temporaryFolder, uriOf } from './testClient.ts';

const uri = 'untitled:Untitled-1';

describe('hover', () => {
  it('says why, the fix class, references and where to read on; only on a finding', async (t) => {
    const client = await TestClient.start(t);
    await client.open(uri, privilegedPod);
    const hover = await client.hover(uri, rangeOf(client.document(uri), 'true').start);
    assert.ok(hover);
    const { kind, value } = hover.contents as MarkupContent;
    assert.equal(kind, 'markdown');
    assert.match(value, /`pod\/privileged`/);
    assert.match(value, /Fix: hardening/);
    assert.match(value, /Pod Security Standards, baseline/);
    assert.match(
      value,
      /\[Documentation\]\(https:\/\/github\.com\/kubeharden\/kubeharden\/blob\/main\/docs\/rules\/pod\/privileged\.md\)/,
    );
    assert.ok(value.split('\n').length <= 15);
    assert.doesNotMatch(value.replace(/`[^`]*`/g, ''), /</);
    assert.equal(await client.hover(uri, { line: 0, character: 0 }), null);
    await client.stop();
  });
});

describe('documentation', () => {
  it('is there offline for rules and for what the engine itself reports', async (t) => {
    const client = await TestClient.start(t);
    for (const ruleId of ['pod/privileged', 'kubeharden/unused-suppression']) {
      const page = await client.connection.sendRequest<RuleDocumentationResult>(ruleDocumentationMethod, { ruleId });
      assert.ok(page !== null);
      assert.match(page.markdown, new RegExp(`^# ${page.summary}\n\n\`${ruleId}\``));
      assert.match(page.why, /^[A-Z][^\n<]+\.$/);
    }
    assert.equal(
      await client.connection.sendRequest('kubeharden/ruleDocumentation', { ruleId: 'pod/unheard-of' }),
      null,
    );
    await client.stop();
  });

  it('opens on the web in an editor without our command', async (t) => {
    const client = await TestClient.start(t);
    const command = 'kubeharden.showRuleDocumentation';
    assert.deepEqual(client.initialized.capabilities.executeCommandProvider, { commands: [command] });
    await client.connection.sendRequest('workspace/executeCommand', { command, arguments: ['pod/privileged'] });
    assert.deepEqual(client.shownDocuments, [
      'https://github.com/kubeharden/kubeharden/blob/main/docs/rules/pod/privileged.md',
    ]);
    await client.stop();
  });
});

describe('a live object', () => {
  const live = 'kubeharden-live:/prod/web.yaml?web';
  const placeAt = (client: TestClient, path: readonly (string | number)[]) =>
    client.connection.sendRequest<PlaceRangeResult>(placeRangeMethod, { textDocument: { uri: live }, path });

  it('has a place for every path in it, or the nearest there is', async (t) => {
    const client = await TestClient.start(t);
    await client.open(live, privilegedPod);
    const container = ['spec', 'containers', 0];
    const place = await placeAt(client, [...container, 'securityContext', 'privileged']);
    assert.deepEqual(place, rangeOf(client.document(live), 'true'));
    const parent = await placeAt(client, [...container, 'securityContext', 'runAsNonRoot']);
    assert.deepEqual(parent, rangeOf(client.document(live), 'securityContext'));
    await client.stop();
  });

  it('that could not be read has no places', async (t) => {
    const client = await TestClient.start(t);
    await client.open(live, '# The object is gone.\n');
    assert.equal(await placeAt(client, ['spec']), null);
    await client.stop();
  });
});

describe('keys', () => {
  it('are random bytes in base64', async (t) => {
    const client = await TestClient.start(t);
    const ask = async (): Promise<string> =>
      (await client.connection.sendRequest<{ key: string }>('kubeharden/generateKey', {})).key;
    const [one, two] = [await ask(), await ask()];
    assert.equal(Buffer.from(one, 'base64').length, 32);
    assert.notEqual(one, two);
    await client.stop();
  });
});

describe('completion', () => {
  const complete = async (client: TestClient, text: string, at = uri): Promise<string[]> => {
    const offset = text.indexOf('|');
    const clean = text.replace('|', '');
    await client.open(at, clean);
    const labels = await client.labels(at, client.document(at).positionAt(offset));
    await client.close(at);
    return labels;
  };

  it('in a directive offers rules, then an end date and the reason', async (t) => {
    const client = await TestClient.start(t);
    assert.deepEqual(await complete(client, `# kube|\n${privilegedPod}`), [
      'kubeharden-ignore',
      'kubeharden-ignore-file',
    ]);
    const rules = await complete(client, `# kubeharden-ignore |\n${privilegedPod}`);
    assert.ok(rules.includes('pod/privileged'));
    assert.ok(!rules.some((id) => id.startsWith('kubeharden/')));
    assert.ok((await complete(client, `spec: {} # kubeharden-ignore pod/pri|`)).includes('pod/privileged'));
    const [reason, until, ...more] = await complete(client, '# kubeharden-ignore pod/privileged |');
    assert.equal(reason, '--');
    assert.match(until ?? '', /^until=\d{4}-\d{2}-\d{2}$/);
    assert.ok(!more.includes('pod/privileged'), 'a rule that is there already');
    assert.deepEqual(await complete(client, '# kubeharden-ignore pod/privileged -- because |'), []);
    assert.deepEqual(await complete(client, privilegedPod.replace('spec:', '|spec:')), []);
    await client.stop();
  });

  it('in the configuration offers keys, profiles, rules and severities', async (t) => {
    const configuration = uriOf(join(temporaryFolder(t, {}), '.kubeharden.yaml'));
    const client = await TestClient.start(t);
    const at = (text: string): Promise<string[]> => complete(client, text, configuration);
    const keys = await at('profile: guide\n|');
    assert.ok(keys.includes('rules') && keys.includes('exclude') && keys.includes('overrides'));
    assert.ok(!keys.includes('profile'), 'a key that is there already');
    assert.deepEqual((await at('profile: |')).sort(), ['all', 'guide', 'restricted']);
    assert.ok((await at('rules:\n  |')).includes('pod/privileged'));
    for (const severity of ['off', 'on', 'error', 'warning', 'info']) {
      assert.ok((await at('rules:\n  pod/privileged: |')).includes(severity), severity);
      assert.ok(
        (await at('overrides:\n  - paths: ["dev/**"]\n    rules:\n      pod/privileged: |')).includes(severity),
      );
    }
    assert.ok((await at('rules:\n  image/latest-tag:\n    |')).includes('severity'));
    assert.ok((await at('overrides:\n- paths: ["dev/**"]\n  |')).includes('reason'));
    await client.stop();
  });
});
