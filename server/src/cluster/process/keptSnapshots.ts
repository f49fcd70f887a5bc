import type { ClusterSnapshot } from '../collection/clusterSnapshot.ts';

/** How many objects the kept snapshots may have read together; ten thousand pods are some 37 MB. */
const mostObjects = 40_000;

/** What the last scan of each context read, so that it can be judged again. The newest is kept however large it is. */
export class KeptSnapshots {
  /** Oldest first. */
  readonly #byContext = new Map<string, ClusterSnapshot>();

  of(contextName: string): ClusterSnapshot | undefined {
    return this.#byContext.get(contextName);
  }

  keep(snapshot: ClusterSnapshot): void {
    this.#byContext.delete(snapshot.contextName);
    let room = mostObjects - snapshot.objectCount;
    for (const [contextName, { objectCount }] of [...this.#byContext].reverse()) {
      room -= objectCount;
      if (room < 0) this.#byContext.delete(contextName);
    }
    this.#byContext.set(snapshot.contextName, snapshot);
  }

  /** Forgets what nobody shows any more. */
  keepOnly(contextNames: ReadonlySet<string>): void {
    for (const contextName of [...this.#byContext.keys()]) {
      if (!contextNames.has(contextName)) this.#byContext.delete(contextName);
    }
  }
}
