// How well credentials are told from what only looks like them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialIn } from '../../../server/src/kubernetes/index.ts';
import { benignPairs } from './benignPairs.ts';
import { madeUpSecrets } from './madeUpSecrets.ts';

const distinct = (pairs: readonly (readonly [string, string])[]): number =>
  new Set(pairs.map((pair) => JSON.stringify(pair))).size;

test('none of five hundred pairs without a credential', () => {
  assert.ok(distinct(benignPairs) >= 500, `${distinct(benignPairs)} pairs`);
  const taken = benignPairs.filter(([name, value]) => credentialIn(name, value) !== undefined);
  assert.deepEqual(taken, []);
});

test('at least 95 % of two hundred secrets', () => {
  assert.equal(distinct(madeUpSecrets), 200);
  const missed = madeUpSecrets.filter(([name, value]) => credentialIn(name, value) === undefined);
  assert.ok(missed.length <= 10, `missed ${missed.length}: ${JSON.stringify(missed, undefined, 1)}`);
});
