import type { ClusterAnswer, ClusterTrouble } from './clusterAnswer.ts';
import type { ListListener } from './transport/listBody.ts';

/**
 * One context of a kubeconfig, spoken to over at most six kept-alive connections. Credentials are fetched at the first
 * request, once for all that wait for them, and again when they expire or the server no longer takes them.
 *
 * **It only reads.** A request that would change the cluster is a programming error and rejects with a TypeError before
 * anything is sent: see {@link ClusterRequest.method}. Nothing else ever rejects.
 */
export interface ClusterClient {
  readonly contextName: string;
  /** The API server's URL without a trailing slash; empty when the kubeconfig leads to none. */
  readonly server: string;
  /** The namespace of the context, `default` when it names none. */
  readonly namespace: string;
  readonly statistics: ClientStatistics;

  request(request: ClusterRequest): Promise<ClusterAnswer>;

  /**
   * Opens one watch and gives its events as they come. The last item, and only the last, is no event: it says why the
   * watch ended. Nothing is reconnected: whoever watches knows the resource version to go on from.
   * Leaving the loop ends the watch.
   */
  watch(request: WatchRequest): AsyncIterable<WatchItem>;

  /** Cancels what is running, kills a running plugin, closes all connections. Later requests are `cancelled`. */
  close(): void;
}

export interface ClusterRequest {
  /**
   * GET when absent. POST only to self subject reviews (they store nothing), and POST, PUT and PATCH with `dryRun=All` in the
   * query.
   */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** From the first slash, with the query: `/api/v1/pods?limit=500`. */
  readonly path: string;
  /** `application/json` when absent. */
  readonly accept?: string;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  /** `application/json` when absent. */
  readonly contentType?: string;
  /** For the whole answer of one attempt, 30,000 when absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Asks as nobody: no token, no client certificate, no impersonation, on a connection of its own. */
  readonly anonymous?: boolean;
  /**
   * How often a GET is asked again after 429 (when `Retry-After` says, at most 30 s later), 5xx or a reset connection:
   * 3 when absent. Other methods, `anonymous` requests and 501 are never asked again, save once with new credentials after a 401.
   */
  readonly retries?: number;
  /**
   * Reads a list while it arrives; the items are not in the answer then, save where the list is written in another way than
   * API servers do. When the request is repeated, what was told before is told again.
   */
  readonly list?: ListListener;
}

export interface WatchRequest {
  /** A list's path with `watch=true` and `resourceVersion` in the query. */
  readonly path: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

export type WatchItem = WatchEvent | WatchEnded | ClusterTrouble;

export interface WatchEvent {
  readonly outcome: 'event';
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  /** The raw JSON. */
  readonly object: unknown;
}

/** The server ended the watch as it does every few minutes; ask again. An ERROR event is `refused` instead (410 is `gone`). */
export interface WatchEnded {
  readonly outcome: 'ended';
}

/** Counted since the client was made. */
export interface ClientStatistics {
  /** Connections opened. */
  readonly connections: number;
  /** HTTP requests sent, retries and watches included. */
  readonly requests: number;
  /** Starts of a credential plugin. */
  readonly execSpawns: number;
  /** Bytes of bodies received, as they came over the wire (compressed). */
  readonly bytes: number;
}
