import type { DeploymentSource } from '../../kubernetes/index.ts';
import { folderOfUri, resolveUri } from '../configuration/pathGlobs.ts';

type Kustomization = Extract<DeploymentSource, { type: 'kustomization' }>;

/** What building a kustomization makes of the names in a file that it takes in. */
export interface KustomizeNames {
  readonly prefix: string;
  readonly suffix: string;
  /** '' leaves it as it is. */
  readonly namespace: string;
  /** The kustomizations, the innermost first. */
  readonly by: readonly string[];
}

/** Overlays on overlays; more are a mistake or a cycle. */
const maxDepth = 8;
const maxWays = 32;

/** Which names kustomizations give, by the file or folder that they take in. */
export class KustomizeInclusions {
  readonly #including = new Map<string, { readonly uri: string; readonly kustomization: Kustomization }[]>();

  add(uri: string, kustomization: Kustomization): void {
    const folder = folderOfUri(uri);
    if (folder === undefined) return;
    for (const path of new Set(kustomization.paths)) {
      // A remote base or a patch that is written in place.
      if (path.includes('://') || path.includes('\n')) continue;
      const target = resolveUri(folder, path);
      const including = this.#including.get(target);
      if (including === undefined) this.#including.set(target, [{ uri, kustomization }]);
      else including.push({ uri, kustomization });
    }
  }

  /** Every way in which a file may be built, one for each kustomization that takes it in directly or through others. */
  namesFor(uri: string): readonly KustomizeNames[] {
    const ways: KustomizeNames[] = [];
    this.#collect(uri, { prefix: '', suffix: '', namespace: '', by: [] }, ways);
    return ways;
  }

  /** The outer kustomization works on what the inner one has made, so it has the last word. */
  #collect(target: string, inner: KustomizeNames, ways: KustomizeNames[]): void {
    if (inner.by.length >= maxDepth) return;
    for (const { uri, kustomization } of this.#including.get(target) ?? []) {
      if (ways.length >= maxWays || inner.by.includes(uri)) continue;
      const way: KustomizeNames = {
        prefix: kustomization.namePrefix + inner.prefix,
        suffix: inner.suffix + kustomization.nameSuffix,
        namespace: kustomization.namespace === '' ? inner.namespace : kustomization.namespace,
        by: [...inner.by, uri],
      };
      ways.push(way);
      this.#collect(folderOfUri(uri) ?? '', way, ways);
    }
  }
}
