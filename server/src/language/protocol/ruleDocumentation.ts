/** Request, client to server: {@link RuleDocumentationParams} in, {@link RuleDocumentationResult} out. */
export const ruleDocumentationMethod = 'kubeharden/ruleDocumentation';

export interface RuleDocumentationParams {
  readonly ruleId: string;
}

/** Markdown of the rule's page; null for an unknown id. */
export type RuleDocumentationResult = { readonly markdown: string } | null;
