import type { FactSource } from './facts.ts';

/** The first in the order of files and documents: where a finding about all of them goes, whichever was read first. */
export function firstFiled<T extends FactSource>(filed: readonly T[]): T | undefined {
  return [...filed].sort(byPlace)[0];
}

function byPlace(left: FactSource, right: FactSource): number {
  if (left.uri !== right.uri) return left.uri < right.uri ? -1 : 1;
  return left.documentIndex - right.documentIndex;
}
