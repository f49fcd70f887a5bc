/**
 * Notification, client to cluster process: {@link WatchParams}. While a context is watched, changes of what was scanned are
 * told by {@link changedMethod}; a later watch goes on where the one before ended. Only metadata is watched, and only while
 * somebody looks.
 */
export const watchMethod = 'cluster/watch';

export interface WatchParams {
  /** Undefined ends all watches. */
  readonly contextName: string | undefined;
}

/** Notification, cluster process to client: something changed since the last scan of the context. */
export const changedMethod = 'cluster/changed';

export interface ChangedParams extends Changes {
  readonly contextName: string;
}

export interface Changes {
  /** How many objects were added, changed or deleted since they were read. */
  readonly count: number;
  /** False: what happened for a while is not known, so that there may be more. */
  readonly isComplete: boolean;
}
