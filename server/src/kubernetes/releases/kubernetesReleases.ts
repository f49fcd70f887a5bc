/** A minor release of Kubernetes; dates are YYYY-MM-DD. */
export interface KubernetesRelease {
  readonly minor: number;
  readonly endOfLife: string;
}

/**
 * Support as published at kubernetes.io/releases/patch-releases and kubernetes.io/releases, read on {@link releasesAsOf}.
 * Older releases than these have ended long ago.
 */
export const kubernetesReleases: readonly KubernetesRelease[] = [
  { minor: 37, endOfLife: '2027-10-28' },
  { minor: 36, endOfLife: '2027-06-28' },
  { minor: 35, endOfLife: '2027-02-28' },
  { minor: 34, endOfLife: '2026-10-27' },
  { minor: 33, endOfLife: '2026-06-28' },
  { minor: 32, endOfLife: '2026-02-28' },
  { minor: 31, endOfLife: '2025-11-11' },
  { minor: 30, endOfLife: '2025-07-15' },
  { minor: 29, endOfLife: '2025-02-28' },
  { minor: 28, endOfLife: '2024-10-22' },
];

export const releasesAsOf = '2026-11-23';

/** After so many days a new minor has come, and the table must not be trusted to know the newest. */
const daysOfTrust = 120;

export type Support =
  | { readonly kind: 'supported'; readonly endOfLife: string }
  | { readonly kind: 'ended'; readonly endOfLife: string }
  /** Newer than the table, or the table is too old to say. */
  | { readonly kind: 'unknown'; readonly asOf: string };

/**
 * Whether the Kubernetes project supports a minor.
 *
 * @param today YYYY-MM-DD
 */
export function supportOf(minor: number, today: string): Support {
  const oldest = kubernetesReleases.at(-1);
  const release =
    kubernetesReleases.find((known) => known.minor === minor) ??
    (oldest !== undefined && minor < oldest.minor ? oldest : undefined);
  if (release === undefined) return { kind: 'unknown', asOf: releasesAsOf };
  if (release.endOfLife < today) return { kind: 'ended', endOfLife: release.endOfLife };
  return isOutdated(today)
    ? { kind: 'unknown', asOf: releasesAsOf }
    : { kind: 'supported', endOfLife: release.endOfLife };
}

function isOutdated(today: string): boolean {
  return Date.parse(today) - Date.parse(releasesAsOf) > daysOfTrust * 24 * 60 * 60 * 1000;
}
