import { editDistance } from '../kubernetes/index.ts';

/** The candidate nearest to a misspelt word, if one is near enough to be meant; ties go to the first. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 4)) + 1;
  for (const candidate of candidates) {
    const distance = nearness(lower, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A rule is often written without its chapter, or with the wrong one: then its own name decides. */
function nearness(word: string, candidate: string, limit: number): number {
  const name = candidate.slice(candidate.indexOf('/') + 1);
  const wordName = word.slice(word.indexOf('/') + 1);
  if (name !== candidate && name === wordName) return 1;
  return editDistance(word, candidate, limit);
}
