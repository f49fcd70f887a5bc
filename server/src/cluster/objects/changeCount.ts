import { setTimeout as pause } from 'node:timers/promises';
import { asObject, asString } from '../../kubernetes/index.ts';
import { changeMark, objectKey } from '../collection/changeMark.ts';
import type { ReadList } from '../collection/clusterSnapshot.ts';
import type { ClusterTrouble } from '../connection/clusterAnswer.ts';
import type { ClusterClient, WatchEvent } from '../connection/clusterClient.ts';
import { maxWatchSockets } from '../connection/transport/connections.ts';
import type { Changes } from '../protocol/index.ts';

const metadata = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const metadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Milliseconds. */
export interface WatchTiming {
  /** Before a watch that ended is begun again; after trouble it doubles up to the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** How long one list is watched where there are more than connections. */
  readonly turn: number;
}

const usualTiming: WatchTiming = { firstPause: 1_000, longestPause: 60_000, turn: 5_000 };

/** A list that is followed, and how far. */
interface FollowedList extends Pick<ReadList, 'path' | 'marks'> {
  /** Undefined: what happened since the last one is lost. */
  resourceVersion: string | undefined;
  /** It may not be watched, or is gone. Asking again would only fill the audit log. */
  isRefused: boolean;
}

/**
 * Counts the objects that were added, changed or deleted since the lists of a scan were read, by watching metadata alone.
 * Nothing is missed between the scan and the watch, nor between one watch and the next: each goes on where the list, or
 * the watch before, ended. What the server has forgotten meanwhile makes the count incomplete. That the cluster notes the
 * status of an object is no change.
 */
export class ChangeCount {
  readonly #client: ClusterClient;
  readonly #lists: readonly FollowedList[];
  readonly #told: (changes: Changes) => void;
  readonly #timing: WatchTiming;
  readonly #changed = new Set<string>();
  #isComplete = true;

  /**
   * @param lists that the scan read; those of kinds that are watched are followed, each in the namespaces it was read in
   * @param told called whenever there is more to tell
   */
  constructor(
    client: ClusterClient,
    lists: readonly ReadList[],
    told: (changes: Changes) => void,
    timing: Partial<WatchTiming> = {},
  ) {
    this.#client = client;
    this.#lists = lists
      .filter(({ kind }) => kind.isWatched === true)
      .map(({ path, marks, resourceVersion }) => ({ path, marks, resourceVersion, isRefused: false }));
    this.#told = told;
    this.#timing = { ...usualTiming, ...timing };
  }

  /** Watches until the signal is aborted. Where there are more lists than connections they take turns. */
  watch(signal: AbortSignal): void {
    const waiting = this.#lists.filter(({ isRefused }) => !isRefused);
    const isInTurns = waiting.length > maxWatchSockets;
    const workers = Math.min(waiting.length, maxWatchSockets);
    for (let worker = 0; worker < workers; worker++) void this.#work(waiting, isInTurns, signal);
  }

  /** Tells that nothing will be followed any more. */
  giveUp(): void {
    this.#isComplete = false;
    this.#tell();
  }

  /** Watches the list that has waited longest, then the next one. */
  async #work(waiting: FollowedList[], isInTurns: boolean, signal: AbortSignal): Promise<void> {
    const { firstPause, longestPause } = this.#timing;
    let wait = firstPause;
    for (let list = waiting.shift(); list !== undefined && !signal.aborted; list = waiting.shift()) {
      const end = await this.#follow(list, isInTurns, signal);
      if (end === 'givenUp') return;
      if (!list.isRefused) waiting.push(list);
      wait = end === 'trouble' ? Math.min(wait * 2, longestPause) : firstPause;
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Watches one list until that ends. Given up where going on would start a credential plugin over and over. */
  async #follow(list: FollowedList, isInTurns: boolean, signal: AbortSignal): Promise<'ended' | 'trouble' | 'givenUp'> {
    list.resourceVersion ??= await this.#currentVersion(list, signal);
    if (list.resourceVersion === undefined) return list.isRefused ? 'ended' : 'trouble';
    const { turn } = this.#timing;
    const limit = isInTurns ? `&timeoutSeconds=${Math.ceil(turn / 1000)}` : '';
    const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${list.resourceVersion}${limit}`;
    // A server that knows no such limit must not keep the others waiting.
    const ended = isInTurns ? AbortSignal.any([signal, AbortSignal.timeout(turn * 1.5)]) : signal;
    const path = `${list.path}?${query}`;
    for await (const item of this.#client.watch({ path, accept: metadata, signal: ended })) {
      if (signal.aborted) return 'ended';
      if (item.outcome === 'event') {
        const { resourceVersion } = asObject(asObject(item.object).metadata);
        list.resourceVersion = asString(resourceVersion) ?? list.resourceVersion;
        if (item.type !== 'BOOKMARK') this.#change(list, item);
      } else {
        return item.outcome === 'ended' || item.outcome === 'cancelled' ? 'ended' : this.#trouble(list, item);
      }
    }
    return 'ended';
  }

  #trouble(list: FollowedList, trouble: ClusterTrouble): 'ended' | 'trouble' | 'givenUp' {
    if (trouble.outcome === 'credentials') return 'givenUp';
    if (trouble.outcome !== 'refused') return 'trouble';
    switch (trouble.reason) {
      case 'gone':
        // What happened meanwhile is not known.
        list.resourceVersion = undefined;
        this.#isComplete = false;
        this.#tell();
        return 'ended';
      case 'forbidden':
      case 'notFound':
        list.isRefused = true;
        return 'ended';
      case 'unauthorized':
        return 'givenUp';
      default:
        return 'trouble';
    }
  }

  async #currentVersion(list: FollowedList, signal: AbortSignal): Promise<string | undefined> {
    const answer = await this.#client.request({ path: `${list.path}?limit=1`, accept: metadataList, signal });
    if (answer.outcome === 'answered') return asString(asObject(asObject(answer.body).metadata).resourceVersion);
    list.isRefused = answer.outcome === 'refused' && (answer.reason === 'forbidden' || answer.reason === 'notFound');
    return undefined;
  }

  #change({ path, marks }: FollowedList, { type, object }: WatchEvent): void {
    const key = objectKey(object);
    const mark = changeMark(object);
    const isAsRead = type !== 'DELETED' && mark !== undefined && marks.get(key) === mark;
    const changed = `${path} ${key}`;
    if (isAsRead || this.#changed.has(changed)) return;
    this.#changed.add(changed);
    this.#tell();
  }

  #tell(): void {
    this.#told({ count: this.#changed.size, isComplete: this.#isComplete });
  }
}
