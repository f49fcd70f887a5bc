import type { ClusterReport, ProfileName } from './clusterReport.ts';

/** What a cluster is judged by: the editor's settings and the team's configuration, as they hold for files. */
export interface JudgementSettings {
  /** Weaker than that of the configuration. */
  readonly profile?: ProfileName;
  /** Stronger than that of the configuration: what somebody wants to see for now, or typed on the command line. */
  readonly forcedProfile?: ProfileName;
  /** From rule id to `off`, `on`, `error`, `warning` or `info`. */
  readonly rules?: Readonly<Record<string, string>>;
  /** A `.kubeharden.yaml` that holds for the cluster. */
  readonly configuration?: { readonly uri: string; readonly text: string };
}

/**
 * Request, client to cluster process: {@link JudgeAgainParams} in, {@link JudgeAgainResult} out. Judges what the last scan of
 * a context read by other settings; the cluster is not asked for it. A second one for the same context cancels the first.
 */
export const judgeAgainMethod = 'cluster/judgeAgain';

export interface JudgeAgainParams extends JudgementSettings {
  readonly contextName: string;
}

export type JudgeAgainResult =
  /** Of the same moment (`scannedAt`) as the scan's own. */
  | { readonly kind: 'report'; readonly report: ClusterReport }
  /** What the scan read is not there any more. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'cancelled' };
