/** Request, client to server: {@link RuleDocumentationParams} in, {@link RuleDocumentationResult} out. */
export const ruleDocumentationMethod = 'kubeharden/ruleDocumentation';

export interface RuleDocumentationParams {
  readonly ruleId: string;
}

/** null for an unknown id. */
export type RuleDocumentationResult = {
  /** The rule's page. */
  readonly markdown: string;
  /** The page's title, in the user's language. */
  readonly summary: string;
  /** Why it matters (Markdown without HTML), in the user's language. */
  readonly why: string;
} | null;
