import type { MetricSample } from '../../kubernetes/index.ts';

const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"\s*,?\s*/y;

/**
 * The samples of the named families in the text format of Prometheus (version 0.0.4). An API server writes some megabytes
 * of it, so lines of other families are passed over without being taken apart. Lines that are none are left out.
 */
export function parseMetrics(text: string, families: ReadonlySet<string>): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const name = /^[\w:]*/.exec(text.slice(start, start + 128))?.[0] ?? '';
    if (families.has(name)) {
      const parsed = parseSample(text.slice(start, end).trim());
      if (parsed !== undefined) samples.push(parsed);
    }
    start = end + 1;
  }
  return samples;
}

function parseSample(line: string): MetricSample | undefined {
  const match = sample.exec(line);
  if (match === null) return undefined;
  const [, name = '', written = '', number = ''] = match;
  const value = Number(number.replace(/Inf$/, 'Infinity'));
  if (Number.isNaN(value)) return undefined;
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  for (let pair = label.exec(written); pair !== null; pair = label.exec(written)) {
    labels[pair[1] ?? ''] = (pair[2] ?? '').replace(/\\([\\"n])/g, (_, char: string) => (char === 'n' ? '\n' : char));
  }
  return { name, labels, value };
}
