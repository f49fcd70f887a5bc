import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/repository.ts';

/** One thing that another tool says of one of its fixtures, beside what our rules say of it. */
export interface Comparison {
  /** As the rules write it among their peers. */
  readonly check: string;
  /** The fixture relative to the tool's folder, and the object in it where the tool speaks of objects. */
  readonly at: string;
  readonly theirs: Verdict;
  readonly ours: Verdict;
}

export type Verdict = 'reported' | 'silent';

export const verdictOf = (isReported: boolean): Verdict => (isReported ? 'reported' : 'silent');

/** What `disagreements/<tool>.yaml` holds. */
export interface ReviewedComparisons {
  /** The least number of agreements. */
  readonly agreements: number;
  readonly disagreements: readonly {
    readonly check: string;
    readonly ours: Verdict;
    /** Whose fault it is: the other tool's, nobody's (another opinion), or our own, still to be mended. */
    readonly whose: 'theirs' | 'opinion' | 'ours';
    readonly reason: string;
    readonly at: readonly string[];
  }[];
}

export function readReviewed(tool: string): ReviewedComparisons {
  const path = join(repositoryRoot, 'test', 'oracles', 'disagreements', `${tool}.yaml`);
  return parse(readFileSync(path, 'utf8')) as ReviewedComparisons;
}
