import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readClientAbilities } from '../../server/src/language/clientAbilities.ts';
import { toTextEdits, toWorkspaceEdit } from '../../server/src/language/workspaceEdits.ts';
import { parseManifest, type TextEdit } from '../../server/src/manifest/index.ts';
import { ableClient } from './testClient.ts';

const abilities = readClientAbilities({ processId: null, rootUri: null, capabilities: ableClient });
const text = 'kind: Secret\ndata:\n  $key: old\n';

function editsFor(...edits: readonly TextEdit[]): readonly unknown[] {
  const file = parseManifest(text);
  const files = [{ uri: 'untitled:a', version: 1, edits: toTextEdits(file, edits), file }];
  const [change] = toWorkspaceEdit({ files, placeholders: true }, abilities)?.documentChanges ?? [];
  return change !== undefined && 'edits' in change ? change.edits : [];
}

/** The first tab stop of a snippet. */
const tabStop = (name: string): string => `\${1:${name}}`;

const at = text.indexOf('old');
const added: TextEdit = { start: at, end: at + 3, text: 'a\n  other: path-to-choose' };
const lineStart = at - '  $key: '.length;

describe('placeholders of fixes', () => {
  it('become tab stops', () => {
    const [edit] = editsFor({ start: at, end: at + 3, text: '<your key>' });
    const range = { start: { line: 2, character: 8 }, end: { line: 2, character: 11 } };
    assert.deepEqual(edit, { range, snippet: { kind: 'snippet', value: tabStop('your key') } });
  });

  it('of several lines begin at the start of their line, for VS Code indents snippets like the line they are in', () => {
    const [edit] = editsFor(added);
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 11 } };
    assert.deepEqual(edit, {
      range,
      snippet: { kind: 'snippet', value: `  \\$key: a\n  other: ${tabStop('path-to-choose')}` },
    });
  });

  it('stay text where another edit is at the start of that line', () => {
    const range = { start: { line: 2, character: 8 }, end: { line: 2, character: 11 } };
    for (const other of [
      { start: lineStart + 2, end: lineStart + 3, text: '' },
      { start: lineStart, end: lineStart, text: '  b: c\n' },
    ]) {
      assert.deepEqual(editsFor(other, added)[1], { range, newText: added.text });
    }
  });
});
