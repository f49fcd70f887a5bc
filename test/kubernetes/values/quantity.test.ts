import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBoolean, parseQuantity } from '../../../server/src/kubernetes/index.ts';

test('reads quantities of every suffix', () => {
  const cases: readonly (readonly [string | number, number])[] = [
    ['500m', 0.5],
    ['1Gi', 2 ** 30],
    ['1.5Ki', 1536],
    ['1e3', 1000],
    ['2E', 2e18],
    ['2E2', 200],
    ['.5', 0.5],
    ['1.', 1],
    ['-1', -1],
    [2, 2],
    ['100k', 100_000],
  ];
  for (const [text, expected] of cases) assert.equal(parseQuantity(text), expected, String(text));
});

test('refuses what the API server refuses', () => {
  for (const text of ['', '1 Gi', '1gi', '1K', 'Gi', '1KB', '.', '0x10'])
    assert.equal(parseQuantity(text), undefined, text);
});

test("reads booleans as Go's strconv.ParseBool", () => {
  for (const text of ['1', 't', 'T', 'true', 'True', 'TRUE']) assert.equal(parseBoolean(text), true);
  for (const text of ['0', 'f', 'F', 'false', 'False', 'FALSE']) assert.equal(parseBoolean(text), false);
  for (const text of ['yes', 'tRUE', '', ' true']) assert.equal(parseBoolean(text), undefined);
});
