import type { Sentence } from '../../sentences/index.ts';
import type { ClusterReport } from './clusterReport.ts';
import type { JudgementSettings } from './judgement.ts';

/**
 * Request, client to cluster process: {@link ScanParams} in, {@link ScanResult} out. `$/cancelRequest` ends it with
 * `cancelled`. A second scan of the same context cancels the first.
 */
export const scanMethod = 'cluster/scan';

export interface ScanParams extends JudgementSettings {
  readonly contextName: string;
  /** Only these; all that may be read when absent. */
  readonly namespaces?: readonly string[];
  readonly readsSecretMetadata: boolean;
}

export type ScanResult =
  | { readonly kind: 'report'; readonly report: ClusterReport; readonly statistics: ScanStatistics }
  /** Nothing could be read: a sentence for the user, and what else is known (a plugin's output), a line each. */
  | { readonly kind: 'unreachable'; readonly message: Sentence; readonly details: readonly string[] }
  | { readonly kind: 'cancelled' };

export interface ScanStatistics {
  readonly milliseconds: number;
  readonly connections: number;
  readonly requests: number;
  readonly bytes: number;
}

/** Notification, cluster process to client, while a scan runs. */
export const scanProgressMethod = 'cluster/scanProgress';

export interface ScanProgressParams {
  readonly contextName: string;
  /** Plural of the kind that is being read. */
  readonly reading: string;
  /** Between 0 and 1. */
  readonly share: number;
  readonly objectCount: number;
}
