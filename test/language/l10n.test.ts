import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MarkupContent } from 'vscode-languageserver';
import { ruleDescription } from '../../server/src/analysis/index.ts';
import { privilegedPod } from './samples.ts';
import { rangeOf, TestClient } from './testClient.ts';

const uri = 'untitled:Untitled-1';

describe("the user's language", () => {
  it('is used where there is a translation; ids, and what has none, stay', async (t) => {
    const messages = Object.values(ruleDescription('pod/privileged')?.messages ?? {});
    const l10n = {
      ...Object.fromEntries(messages.map((sentence) => [sentence, 'Der Container {container} darf alles.'])),
      'Container is privileged': 'Der Container ist privilegiert',
      'Ignore {rule} here': '{rule} hier nicht melden',
    };
    const client = await TestClient.start(t, { initializationOptions: { l10n } });
    await client.open(uri, privilegedPod);
    const finding = (await client.diagnostics(uri)).find(({ code }) => code === 'pod/privileged');
    assert.match(String(finding?.message), /^Der Container .+ darf alles\.$/);
    const at = rangeOf(client.document(uri), 'privileged: true');
    const titles = (await client.codeActions(uri, at)).map(({ title }) => title);
    assert.ok(titles.includes('pod/privileged hier nicht melden'), titles.join('\n'));
    assert.ok(titles.includes('Ignore pod/privileged in this file'));
    const hover = await client.hover(uri, at.end);
    assert.ok(hover);
    assert.match((hover.contents as MarkupContent).value, /\*\*Der Container ist privilegiert\*\* `pod\/privileged`/);
    await client.stop();
  });
});
