/** The pause before asking again, in milliseconds. */
export interface RetryPauses {
  /** Before the first repetition; it doubles each time. */
  readonly firstMs: number;
  /** A server that asks for more patience is left alone. */
  readonly longestMs: number;
}

/**
 * @param attempt 0 before the first repetition
 * @param retryAfterSeconds what the server asks for
 * @returns undefined where it is not worth waiting
 */
export function pauseBefore(
  attempt: number,
  retryAfterSeconds: number | undefined,
  { firstMs, longestMs }: RetryPauses,
): number | undefined {
  // Jitter, so that clients which failed together do not come back together.
  const own = firstMs * 2 ** attempt * (0.5 + Math.random());
  if (retryAfterSeconds === undefined) return Math.min(own, longestMs);
  const asked = retryAfterSeconds * 1000;
  return asked > longestMs ? undefined : asked + own * 0.2;
}

/** Resolves to false when the signal is aborted first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** The promise's value, or undefined as soon as the signal is aborted. The promise itself goes on. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(undefined);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
