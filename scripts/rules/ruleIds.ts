import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../server/src/rules/index.ts';
import { repositoryRoot } from '../../test/support/repository.ts';

export const ruleIdsPath = 'test/rules/ids.txt';

/** test/rules/ids.txt with the ids of new rules added. Ids are never taken out: users' configuration names them. */
export function ruleIdsText(rules: readonly Rule[]): string {
  const path = join(repositoryRoot, ruleIdsPath);
  const known = existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
  return `${[...new Set([...known, ...rules.map((rule) => rule.id)])].sort().join('\n')}\n`;
}
