/** Milliseconds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { min: at(0), median: at(0.5), p95: at(0.95), max: at(1) };
}

/** Runs a step several times and gives each time; `warmUp` runs before do not count. */
export function timesOf(runs: number, warmUp: number, step: (run: number) => void): readonly number[] {
  const times: number[] = [];
  for (let run = 0; run < warmUp + runs; run++) {
    const start = performance.now();
    step(run);
    if (run >= warmUp) times.push(performance.now() - start);
  }
  return times;
}

export function shown({ min, median, p95, max }: Spread): string {
  return [min, median, p95, max].map((time) => time.toFixed(time < 10 ? 2 : 0).padStart(9)).join('');
}

export const heading = ['min', 'median', 'p95', 'max'].map((name) => name.padStart(9)).join('');
