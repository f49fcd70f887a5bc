/**
 * Notification, client to cluster process: {@link WatchParams}. While a context is watched, changes of what was scanned are
 * told by {@link changedMethod}. Only metadata is watched, and only while somebody looks.
 */
export const watchMethod = 'cluster/watch';

export interface WatchParams {
  /** Undefined ends all watches. */
  readonly contextName: string | undefined;
}

/** Notification, cluster process to client: something changed since the last scan of the context. */
export const changedMethod = 'cluster/changed';

export interface ChangedParams {
  readonly contextName: string;
  /** How many objects were added, changed or deleted since the scan. */
  readonly count: number;
}
