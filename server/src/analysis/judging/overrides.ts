import type { ManifestPath } from '../../manifest/index.ts';
import type { Severity } from '../../rules/index.ts';
import type { JudgedFinding } from './judgedFinding.ts';

/** A finding that may replace others; a suppressed one replaces only what is no more severe than itself. */
export interface Candidate {
  readonly finding: JudgedFinding;
  readonly isSuppressed: boolean;
}

/**
 * Leaves out findings that another one overrides at the same place. If the user has accepted the stronger weakness, the
 * lesser ones that it includes are accepted with it, but never a more severe one: whoever accepts "does not drop all
 * capabilities" has not accepted SYS_ADMIN.
 */
export function withoutOverridden<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  const strongerThan = new Map<string, T[]>();
  for (const candidate of candidates) {
    for (const id of candidate.finding.description.overrides ?? []) {
      const stronger = strongerThan.get(id);
      if (stronger === undefined) strongerThan.set(id, [candidate]);
      else stronger.push(candidate);
    }
  }
  if (strongerThan.size === 0) return candidates;
  return candidates.filter(
    (candidate) =>
      strongerThan.get(candidate.finding.description.id)?.some((other) => overrides(other, candidate)) !== true,
  );
}

/** Of two findings of which the rule of one overrides the rule of the other. */
function overrides(stronger: Candidate, weaker: Candidate): boolean {
  const a = stronger.finding;
  const b = weaker.finding;
  if (a === b) return false;
  if (stronger.isSuppressed && severityRank[b.severity] > severityRank[a.severity]) return false;
  return a.document === b.document && isSameSubject(a.place.path, b.place.path);
}

const severityRank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/**
 * Two paths of a document are about the same thing unless they part at a list: other fields of one container, flag or
 * rule are the same place, another item (a container, a volume, a flag) is not, nor are items of two lists of objects
 * (an init container and a container).
 */
function isSameSubject(a: ManifestPath, b: ManifestPath): boolean {
  const shared = Math.min(a.length, b.length);
  for (let depth = 0; depth < shared; depth++) {
    if (a[depth] === b[depth]) continue;
    return typeof a[depth] !== 'number' && !(isInObjectOfList(a, depth) && isInObjectOfList(b, depth));
  }
  return true;
}

/** Below `depth` the path leads into an item of a list, and further. */
function isInObjectOfList(path: ManifestPath, depth: number): boolean {
  return path.slice(depth, -1).some((step) => typeof step === 'number');
}
