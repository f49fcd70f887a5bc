import type { MetricSample } from './clusterEvidence.ts';

/** The samples of a family. */
export function samplesOf(metrics: readonly MetricSample[], name: string): readonly MetricSample[] {
  return metrics.filter((sample) => sample.name === name);
}

/** The sum of a family's samples; undefined where it has none, which is not the same as zero. */
export function totalOf(metrics: readonly MetricSample[], name: string): number | undefined {
  const samples = samplesOf(metrics, name);
  return samples.length === 0 ? undefined : samples.reduce((sum, { value }) => sum + value, 0);
}
