import type { KubernetesVersion } from '../releases/version.ts';
import { parseApiVersion } from '../resources/apiVersion.ts';
import table from './apiLifecycle.json' with { type: 'json' };
import { unrecordedLives } from './unrecordedLives.ts';

/** The life of one kind in one API version, as minor versions of Kubernetes 1. Undefined: not known, not planned. */
export interface ApiLifecycle {
  readonly introduced?: number;
  readonly deprecated?: number;
  /** The first minor version that does not serve it. Beyond {@link newestLifecycleRelease} it is a plan. */
  readonly removed?: number;
  /** The apiVersion that Kubernetes names instead, for the same kind. It may be gone itself: see {@link replacementApiVersion}. */
  readonly replacement?: string;
  /** The kind that took its place where that goes by another name: `'CronJob in batch/v1'`. */
  readonly successor?: string;
}

/** The newest minor version that the table knows: later removals are plans. */
export const newestLifecycleRelease: number = table.newestRelease;

const recordedLives: Readonly<Record<string, Readonly<Record<string, ApiLifecycle>>>> = table.kinds;

const lives: ReadonlyMap<string, ReadonlyMap<string, ApiLifecycle>> = new Map(
  Object.entries({ ...unrecordedLives, ...recordedLives }).map(([apiVersion, kinds]) => [
    apiVersion,
    new Map(Object.entries({ ...unrecordedLives[apiVersion], ...kinds })),
  ]),
);

/** The life of a built-in kind, of its List too; undefined for kinds that are not Kubernetes' own. */
export function apiLifecycleOf(apiVersion: string, kind: string): ApiLifecycle | undefined {
  const kinds = lives.get(apiVersion);
  return kinds?.get(kind) ?? kinds?.get(kind.replace(/List$/, ''));
}

/** Whether that version of Kubernetes serves the kind in that apiVersion; false for what is not in the table. */
export function isServed(apiVersion: string, kind: string, version: KubernetesVersion): boolean {
  const life = apiLifecycleOf(apiVersion, kind);
  if (life === undefined) return false;
  return (life.introduced ?? 0) <= version.minor && version.minor < (life.removed ?? Number.POSITIVE_INFINITY);
}

/**
 * The apiVersion to write instead, so that the target serves it: Kubernetes' own replacement, followed on while it is gone
 * too; where it names none, the stable version of the group. Undefined if there is nothing (PodSecurityPolicy).
 */
export function replacementApiVersion(
  apiVersion: string,
  kind: string,
  version: KubernetesVersion,
): string | undefined {
  const followed = new Set([apiVersion]);
  for (let next = apiLifecycleOf(apiVersion, kind)?.replacement; next !== undefined && !followed.has(next); ) {
    if (isServed(next, kind, version)) return next;
    followed.add(next);
    next = apiLifecycleOf(next, kind)?.replacement;
  }
  return stableApiVersion(parseApiVersion(apiVersion).group, kind, version);
}

function stableApiVersion(group: string, kind: string, version: KubernetesVersion): string | undefined {
  const candidates = [...lives.keys()].filter((candidate) => {
    const parsed = parseApiVersion(candidate);
    return parsed.group === group && /^v\d+$/.test(parsed.version) && isServed(candidate, kind, version);
  });
  return candidates.sort().at(-1);
}
