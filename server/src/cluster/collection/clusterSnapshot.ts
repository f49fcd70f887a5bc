import type {
  ClusterEvidence,
  GroupKind,
  RawObject,
  Resource,
  Seen,
  SeenValue,
  Unseen,
} from '../../kubernetes/index.ts';
import { objectResource } from '../../kubernetes/index.ts';
import { sentence } from '../../sentences/index.ts';
import type { CollectedKind } from './collectedKinds.ts';

/** One kind as it was read. */
export interface CollectedObjects {
  readonly kind: CollectedKind;
  /** Server defaults and what no rule reads are taken out. Empty for pods, which are folded. */
  readonly objects: Seen<readonly RawObject[]>;
}

/** A list that was read to its end. */
export interface ReadList {
  readonly kind: CollectedKind;
  /** `/apis/apps/v1/namespaces/shop/deployments` */
  readonly path: string;
  /** What happened after it is not in the list. */
  readonly resourceVersion: string;
  /** Of kinds that are watched, {@link changeMark} by {@link objectKey}. */
  readonly marks: ReadonlyMap<string, string>;
}

/** What one scan has read: the evidence for the checks, and the objects for the rules. */
export interface ClusterSnapshot extends ClusterEvidence {
  readonly contextName: string;
  readonly server: string;
  readonly collected: readonly CollectedObjects[];
  /** Of each kind one, or one for each namespace it was read in. */
  readonly lists: readonly ReadList[];
  /** How many objects the lists held, pods and what was left out included. */
  readonly objectCount: number;
}

/** Everything of a snapshot but what is derived from the objects. */
export type SnapshotParts = Omit<ClusterSnapshot, 'resources'>;

export function clusterSnapshot(parts: SnapshotParts): ClusterSnapshot {
  const byKind = new Map(parts.collected.map((collected) => [groupKindOfKind(collected.kind), collected]));
  const resources = new Map<GroupKind, Seen<readonly Resource[]>>();
  return {
    ...parts,
    resources(groupKind) {
      let found = resources.get(groupKind);
      if (found === undefined) {
        found = resourcesOf(byKind.get(groupKind), groupKind);
        resources.set(groupKind, found);
      }
      return found;
    },
  };
}

function resourcesOf(collected: CollectedObjects | undefined, groupKind: GroupKind): Seen<readonly Resource[]> {
  if (collected === undefined) return notServed(groupKind);
  const { objects } = collected;
  return objects.kind === 'unseen' ? objects : withValue(objects, objects.value.map(objectResource));
}

export function withValue<T, U>(seen: SeenValue<T>, value: U): SeenValue<U> {
  return { ...seen, value };
}

export function notServed(groupKind: GroupKind): Unseen {
  return {
    kind: 'unseen',
    cause: 'absent',
    reason: sentence('This cluster does not serve {what}.', { what: groupKind }),
  };
}

export function groupKindOfKind({ group, kind }: Pick<CollectedKind, 'group' | 'kind'>): GroupKind {
  return group === '' ? kind : `${kind}.${group}`;
}
