import type { ImageReference } from './imageReference.ts';

/** A version as its numbers: `[3, 9, 18]`. */
export type VersionNumbers = readonly number[];

/** The version that a tag begins with (`v1.8.4`, `3.9-slim`); undefined for `latest`, a code name, a build number with letters. */
export function tagVersion({ tag }: ImageReference): VersionNumbers | undefined {
  const text = /^v?(\d+(?:\.\d+)*)(?=$|[-_+.])/.exec(tag)?.[1];
  return text?.split('.').map(Number);
}

/** Negative where `a` is older, positive where it is newer, 0 where the numbers that both have are the same. */
export function compareVersions(a: VersionNumbers, b: VersionNumbers): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function parseVersion(text: string): VersionNumbers {
  return text.split('.').map(Number);
}

/** The name of an official image of Docker Hub (`python`), pulled from there or from a mirror that keeps its path. */
export function officialImageName({ normalizedRepository }: ImageReference): string | undefined {
  return /(?:^|\/)library\/([^/]+)$/.exec(normalizedRepository)?.[1];
}
