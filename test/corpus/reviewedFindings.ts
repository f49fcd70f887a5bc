import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/repository.ts';

/** Findings of one rule that got the same verdict for the same reason. */
export interface ReviewedGroup {
  readonly verdict: 'right' | 'noise' | 'wrong';
  readonly reason: string;
  /** Path to lines. */
  readonly findings?: Readonly<Record<string, readonly number[]>>;
  /** How many there are, where a sample was read: only for rules outside the profiles `guide` and `restricted`. */
  readonly count?: number;
}

/** The reviewed groups by rule id. */
export function reviewedFindings(): ReadonlyMap<string, readonly ReviewedGroup[]> {
  const root = join(repositoryRoot, 'test', 'corpus', 'reviewed');
  if (!existsSync(root)) return new Map();
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => [
        name.replaceAll('\\', '/').replace(/\.yaml$/, ''),
        parse(readFileSync(join(root, name), 'utf8')) as readonly ReviewedGroup[],
      ]),
  );
}

/** `path:line`, a line as often as it is listed. */
export function listedPlaces(groups: readonly ReviewedGroup[]): readonly string[] {
  return groups.flatMap((group) =>
    Object.entries(group.findings ?? {}).flatMap(([path, lines]) => lines.map((line) => `${path}:${line}`)),
  );
}

/** What of `all` is left when each of `taken` has been taken out once. */
export function without(all: readonly string[], taken: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const place of taken) counts.set(place, (counts.get(place) ?? 0) + 1);
  return all.filter((place) => {
    const count = counts.get(place) ?? 0;
    counts.set(place, count - 1);
    return count <= 0;
  });
}
