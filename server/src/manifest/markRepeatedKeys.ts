import type { SyntaxProblem } from './manifestDocument.ts';
import type { SyntaxPair } from './syntaxTree.ts';

/**
 * Gives every pair whose key comes again later the role `'replaced'` (the last one counts, as in go-yaml) and reports
 * the later one. Linear in the number of pairs.
 */
export function markRepeatedKeys(pairs: SyntaxPair[], problems: SyntaxProblem[]): void {
  if (!hasRepeatedKey(pairs)) return;
  const latest = new Map<string, number>();
  for (const [index, pair] of pairs.entries()) {
    if (pair.role !== 'plain') continue;
    const earlier = latest.get(pair.key);
    const replaced = earlier === undefined ? undefined : pairs[earlier];
    if (earlier !== undefined && replaced !== undefined) {
      pairs[earlier] = { ...replaced, role: 'replaced' };
      problems.push({
        kind: 'duplicate-key',
        start: pair.keyStart,
        end: pair.keyEnd,
        message: `The key "${pair.key}" is already in this map; Kubernetes drops the earlier value or refuses the file.`,
      });
    }
    latest.set(pair.key, index);
  }
}

function hasRepeatedKey(pairs: readonly SyntaxPair[]): boolean {
  if (pairs.length > 8) return new Set(pairs.map(({ key, role }) => (role === 'plain' ? key : ''))).size < pairs.length;
  for (let later = 1; later < pairs.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      if (pairs[earlier]?.key === pairs[later]?.key) return true;
    }
  }
  return false;
}
