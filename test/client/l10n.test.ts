// What translators start from, and that what they write reaches the user.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { l10nBundlePath, localizedSentences } from '../../scripts/generate/l10nBundle.ts';
import { repositoryRoot } from '../support/repository.ts';

const bundle: Record<string, string> = JSON.parse(readFileSync(join(repositoryRoot, l10nBundlePath), 'utf8'));

test('the bundle has sentences of the client, the server, the rules, the checks of clusters and the engine', () => {
  for (const sentence of [
    'The cursor is not in a Kubernetes resource.',
    'Fix all {count} findings of {rule} in this file',
    'Ignore {rule} in this resource',
    'Fix: needs your input.',
    'Container is privileged',
    'Secrets are encrypted in etcd',
    'The certificate is valid until {date}.',
    'You may not read {what}.',
    'the list of APIs',
    '{items} and {last}',
  ]) {
    assert.equal(bundle[sentence], sentence);
  }
  for (const sentence of Object.keys(bundle)) assert.doesNotMatch(sentence, /\n/);
});

test('sentences are found in calls, also across lines, with their quotes unescaped', () => {
  const source =
    "localize('One {a}.', { a });\nthis.#services.localize(\n  'It\\'s two.',\n);\nlocalize(title, { rule });";
  assert.deepEqual(localizedSentences(source, 'localize'), ['One {a}.', "It's two."]);
});

test('a sentence that cannot be known is an error, not a gap', () => {
  assert.throws(() => localizedSentences('localize(whatever)', 'localize'), /Not a literal/);
});

test('the client hands the bundle of VS Code to the server', () => {
  const source = readFileSync(join(repositoryRoot, 'client/src/languageClient.ts'), 'utf8');
  assert.match(source, /l10n: vscode\.l10n\.bundle/);
});
