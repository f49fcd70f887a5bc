import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { judgeClusterInSlices } from '../../server/src/cluster/index.ts';
import { inSlices } from '../../server/src/cluster/judging/inSlices.ts';
import { scan } from './scanRequest.ts';

function* busy(steps: number, onStep: (step: number) => void): Generator<void, string> {
  for (let step = 0; step < steps; step++) {
    const end = performance.now() + 4;
    while (performance.now() < end);
    onStep(step);
    yield;
  }
  return 'done';
}

describe('a long computation in slices', () => {
  test('gives its result, and lets others have their turn', async () => {
    let turns = 0;
    let isOver = false;
    const others = (async () => {
      for (; !isOver; turns++) await nextTurn();
    })();
    assert.equal(
      await inSlices(
        busy(20, () => {}),
        new AbortController().signal,
      ),
      'done',
    );
    isOver = true;
    await others;
    assert.ok(turns >= 3, `others had ${turns} turns`);
  });

  test('ends as soon as nobody wants it any more', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const steps = busy(20, (step) => {
      seen.push(step);
      if (step === 2) controller.abort();
    });
    assert.equal(await inSlices(steps, controller.signal), undefined);
    assert.deepEqual(seen, [0, 1, 2]);
  });

  test('judging that is cancelled gives no report', async () => {
    const snapshot = await scan({ lists: { '/api/v1/namespaces': [{ metadata: { name: 'shop' } }] } });
    assert.notEqual(await judgeClusterInSlices(snapshot, { settings: {} }, new AbortController().signal), undefined);
    assert.equal(await judgeClusterInSlices(snapshot, { settings: {} }, AbortSignal.abort()), undefined);
  });
});
