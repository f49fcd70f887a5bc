import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds. A turn of the event loop that takes no longer keeps nobody waiting. */
const longestSlice = 15;

/**
 * Takes the steps one after another and lets others have their turn in between, so that a long computation neither keeps
 * answers waiting nor cancellation.
 *
 * @returns undefined as soon as the signal is aborted
 */
export async function inSlices<T>(steps: Generator<void, T>, signal: AbortSignal): Promise<T | undefined> {
  for (;;) {
    const end = performance.now() + longestSlice;
    do {
      if (signal.aborted) return undefined;
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    await nextTurn();
  }
}

/** Takes the steps in one go. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
