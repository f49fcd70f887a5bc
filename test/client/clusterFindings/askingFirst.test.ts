// Edits that VS Code shows before it applies them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askingFirst } from '../../../client/src/clusterFindings/askingFirst.ts';

const range = { start: { line: 3, character: 8 }, end: { line: 3, character: 11 } };
const textDocument = { uri: 'file:///web.yaml', version: 4 };
const edits = [{ range, newText: 'true' }];

test('every edit waits for the same answer, that creates a file too', () => {
  const create = { kind: 'create', uri: 'file:///deny.yaml' } as const;
  const asking = askingFirst({ documentChanges: [create, { textDocument, edits }] }, 'Set it');
  const [annotationId = ''] = Object.keys(asking.changeAnnotations ?? {});
  assert.deepEqual(asking, {
    documentChanges: [
      { ...create, annotationId },
      { textDocument, edits: [{ range, newText: 'true', annotationId }] },
    ],
    changeAnnotations: { [annotationId]: { label: 'Set it', needsConfirmation: true } },
  });
});

test('an edit that asks already stays as it is', () => {
  const edit = {
    documentChanges: [{ textDocument, edits: [{ range, newText: 'true', annotationId: 'a' }] }],
    changeAnnotations: { a: { label: 'Add a file', needsConfirmation: true } },
  };
  assert.equal(askingFirst(edit, 'Set it'), edit);
});
