import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, verdictOf } from './comparison.ts';
import { judgeFixture } from './judgedFixture.ts';

interface Expected {
  readonly check: string;
  readonly file: string;
  /** `failure`, `success`, `mutated` and words after them; `check` for a policy of Polaris' own. */
  readonly expected: string;
}

/** A file of Polaris is about one check: reported somewhere, or nowhere. */
export function comparePolaris(root: string): readonly Comparison[] {
  const all = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as readonly Expected[];
  return all.flatMap(({ check, file, expected }) => {
    if (expected === 'check') return [];
    const objects = judgeFixture(`PO:${check}`, readFileSync(join(root, file), 'utf8'));
    if (objects === undefined) return [];
    return {
      check: `PO:${check}`,
      at: file.replace('test/checks/', ''),
      theirs: verdictOf(expected.startsWith('failure')),
      ours: verdictOf(objects.some(({ isReported }) => isReported)),
    };
  });
}
