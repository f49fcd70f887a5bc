import type { Sentence } from '../../sentences/index.ts';

/** Request, client to cluster process: {@link ContextList} out. Reads the kubeconfig anew; nothing is contacted. */
export const listContextsMethod = 'cluster/listContexts';

export interface ContextList {
  readonly contexts: readonly ContextSummary[];
  /** The files that were read. */
  readonly files: readonly string[];
  /** Files that could not be read, and why: sentences. */
  readonly problems: readonly Sentence[];
}

export interface ContextSummary {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
  readonly server: string;
  /** kubectl would use it. */
  readonly isCurrent: boolean;
  /** Why it cannot be used: sentences. */
  readonly problems: readonly Sentence[];
}
