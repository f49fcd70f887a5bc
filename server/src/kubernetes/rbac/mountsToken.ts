import type { Resource } from '../resources/resource.ts';

/**
 * Whether a live pod really has a token of its service account: what the admission plugin ServiceAccount adds to it, or a
 * projected volume of the author's own.
 */
export function mountsToken(pod: Resource): boolean {
  return pod.spec
    .get('volumes')
    .items()
    .some((volume) =>
      volume
        .get('projected', 'sources')
        .items()
        .some((source) => source.get('serviceAccountToken').isKnown),
    );
}
