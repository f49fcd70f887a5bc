import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSourceComments } from '../../server/src/cli/check/helmSource.ts';

const rendered = `---
# Source: shop/templates/a.yaml
kind: A
---
# a note of the chart's author
# Source: shop/templates/b.yaml
kind: B
---
kind: C
# Source: not/at/the/start.yaml
`;

test('lines belong to the template named after the separator, counted from the line after the comment', () => {
  const sources = readSourceComments(rendered);
  assert.deepEqual(sources?.files, ['shop/templates/a.yaml', 'shop/templates/b.yaml']);
  const at = (line: number) => sources?.sourceOf({ line, character: 0 });
  assert.deepEqual([at(2)?.file, at(2)?.firstLine], ['shop/templates/a.yaml', 2]);
  assert.deepEqual([at(6)?.file, at(6)?.firstLine], ['shop/templates/b.yaml', 6]);
  assert.equal(at(0), undefined);
  assert.equal(at(8), undefined);
});

test('CRLF, and text without such comments', () => {
  assert.equal(
    readSourceComments('---\r\n# Source: c/templates/x.yaml\r\nkind: X\r\n')?.sourceOf({ line: 2, character: 0 })?.file,
    'c/templates/x.yaml',
  );
  assert.equal(readSourceComments('kind: X\n'), undefined);
});
