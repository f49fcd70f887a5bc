/** Of documents that show objects of a cluster. */
export const liveObjectScheme = 'kubeharden-live';

/**
 * Notification, client to server: {@link LiveFindingsParams}. What is wrong with the object that a document of
 * {@link liveObjectScheme} shows. It holds until the next one, and takes the place of a judgement of the text, for only a scan
 * knows the cluster around the object and what it was judged by. A document that nothing was told of has no findings.
 */
export const liveFindingsMethod = 'kubeharden/liveFindings';

export interface LiveFindingsParams {
  readonly uri: string;
  readonly findings: readonly LiveFindingToShow[];
}

export interface LiveFindingToShow {
  /** Of a rule, or of a check of the cluster. */
  readonly ruleId: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence, in the user's language. */
  readonly message: string;
  /** Where in the object. */
  readonly path: readonly (string | number)[];
  /** Tells it from the others of the document. */
  readonly key: string;
  /** Of a check: what should hold, and why it matters. */
  readonly check?: { readonly summary: string; readonly why: string };
}
