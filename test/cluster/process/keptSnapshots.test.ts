// How much of what was read is kept, to be judged again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptSnapshots } from '../../../server/src/cluster/process/keptSnapshots.ts';
import { scan } from '../scanRequest.ts';

const empty = await scan({});
const snapshot = (contextName: string, objectCount: number) => ({ ...empty, contextName, objectCount });

function keptOf(...snapshots: readonly ReturnType<typeof snapshot>[]): readonly string[] {
  const kept = new KeptSnapshots();
  for (const one of snapshots) kept.keep(one);
  return ['a', 'b', 'c'].filter((name) => kept.of(name) !== undefined);
}

test('small clusters are kept side by side', () => {
  assert.deepEqual(keptOf(snapshot('a', 10), snapshot('b', 20), snapshot('c', 30)), ['a', 'b', 'c']);
});

test('of large ones those that were read last', () => {
  assert.deepEqual(keptOf(snapshot('a', 30_000), snapshot('b', 5_000), snapshot('c', 30_000)), ['b', 'c']);
  assert.deepEqual(keptOf(snapshot('a', 10), snapshot('b', 1_000_000)), ['b'], 'the last one in any case');
});

test('the next scan of a context takes the place of the one before', () => {
  const kept = new KeptSnapshots();
  kept.keep(snapshot('a', 30_000));
  kept.keep(snapshot('b', 5_000));
  kept.keep(snapshot('a', 35_000));
  assert.equal(kept.of('a')?.objectCount, 35_000);
  assert.ok(kept.of('b') !== undefined);
  kept.keepOnly(new Set(['b']));
  assert.equal(kept.of('a'), undefined);
  assert.ok(kept.of('b') !== undefined);
});
