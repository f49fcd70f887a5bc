import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase64 } from '../../../server/src/kubernetes/index.ts';

test('decodes what Go decodes', () => {
  assert.deepEqual(decodeBase64('AAEC'), Uint8Array.of(0, 1, 2));
  assert.deepEqual(decodeBase64('AA==\n'), Uint8Array.of(0));
  assert.deepEqual(decodeBase64('AA\r\nEC'), Uint8Array.of(0, 1, 2));
  assert.deepEqual(decodeBase64(''), new Uint8Array());
});

test('refuses missing padding, spaces and the URL-safe alphabet', () => {
  for (const text of ['AA', 'AAE', 'A A=', 'AA-_', 'AA==AA==', '=', '<placeholder>']) {
    assert.equal(decodeBase64(text), undefined, text);
  }
});
