import type { ResourceIdentity } from '../../kubernetes/index.ts';
import type { Sentence, Words } from '../../sentences/index.ts';

/**
 * Request, client to cluster process: {@link DryRunParams} in, {@link DryRunResult} out. Asks the cluster whether it would
 * admit objects, by server-side dry-run (`dryRun=All`): nothing is stored, and webhooks with side effects refuse it.
 */
export const dryRunMethod = 'cluster/dryRun';

export interface DryRunParams {
  readonly contextName: string;
  /** The documents of a file, as JSON, each with its position in the file. */
  readonly objects: readonly { readonly documentIndex: number; readonly object: unknown }[];
}

export type DryRunResult =
  | { readonly kind: 'verdicts'; readonly verdicts: readonly DryRunVerdict[] }
  | { readonly kind: 'trouble'; readonly message: Sentence };

export interface DryRunVerdict {
  readonly documentIndex: number;
  readonly object: ResourceIdentity;
  readonly outcome: 'admitted' | 'denied' | 'notAsked';
  /** Why it was denied, each at a field where the server names one; or why it was not asked. */
  readonly causes: readonly { readonly path: readonly (string | number)[]; readonly message: Words }[];
  /** Texts of `Warning` headers. */
  readonly warnings: readonly string[];
}

/**
 * Request, client to cluster process: {@link WhatIfParams} in, {@link WhatIfResult} out. What a Pod Security label on a
 * namespace would reject of what runs there now, as the server's own dry-run says.
 */
export const whatIfPodSecurityMethod = 'cluster/whatIfPodSecurity';

export interface WhatIfParams {
  readonly contextName: string;
  readonly namespace: string;
  readonly level: 'baseline' | 'restricted';
}

export type WhatIfResult =
  /** No warnings: nothing that runs there would be rejected. */
  | { readonly kind: 'warnings'; readonly warnings: readonly string[] }
  | { readonly kind: 'trouble'; readonly message: Sentence };
