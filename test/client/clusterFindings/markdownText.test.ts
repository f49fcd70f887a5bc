// Names and sentences of a cluster inside of Markdown.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownCode, markdownText } from '../../../client/src/clusterFindings/markdownText.ts';

test('text means nothing to Markdown, and lines may break between its words', () => {
  assert.equal(
    markdownText('[a](command:b) <b> **c** https://d\n# e'),
    String.raw`\[a\]\(command\:b\) \<b\> \*\*c\*\* https\:\/\/d \# e`,
  );
  assert.equal(markdownText(' Container "web" '), String.raw`Container \"web\"`);
});

test('a code span is not ended from within', () => {
  assert.equal(markdownCode('kubectl-edit'), '`kubectl-edit`');
  assert.equal(markdownCode('a` [b](command:c)\n`d'), '`a [b](command:c) d`');
});
