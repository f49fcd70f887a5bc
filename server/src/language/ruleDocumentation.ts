import { ruleDescription } from '../analysis/index.ts';
import { ruleDocumentation as documentationOf } from '../rules/index.ts';
import type { RuleDocumentationParams, RuleDocumentationResult } from './protocol/index.ts';

/** Answers `kubeharden/ruleDocumentation`; rules and the engine's own findings alike. */
export function ruleDocumentation(params: Partial<RuleDocumentationParams> | null): RuleDocumentationResult {
  const id = params?.ruleId;
  const description = typeof id === 'string' ? ruleDescription(id) : undefined;
  return description === undefined ? null : { markdown: documentationOf(description) };
}
