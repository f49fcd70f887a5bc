import { ruleDescription } from '../analysis/index.ts';
import { ruleDocumentation as documentationOf } from '../rules/index.ts';
import { type Localize, oneLine } from '../sentences/index.ts';
import { withoutHtml } from './hover.ts';
import type { RuleDocumentationParams, RuleDocumentationResult } from './protocol/index.ts';

/** Answers `kubeharden/ruleDocumentation`; rules and the engine's own findings alike. */
export function ruleDocumentation(
  localize: Localize,
  params: Partial<RuleDocumentationParams> | null,
): RuleDocumentationResult {
  const id = params?.ruleId;
  const description = typeof id === 'string' ? ruleDescription(id) : undefined;
  if (description === undefined) return null;
  return {
    markdown: documentationOf(description),
    summary: localize(description.summary),
    why: withoutHtml(localize(oneLine(description.why))),
  };
}
