import { ruleDescription } from '../analysis/index.ts';
import type { RuleReferences } from '../rules/index.ts';

const docs = 'https://github.com/kubeharden/kubeharden/blob/main/docs';

/** The rule's page on the web; the checks of clusters, which are no rules, share one. */
export function ruleUrl(ruleId: string): string {
  return ruleDescription(ruleId) === undefined ? `${docs}/cluster-checks.md` : `${docs}/rules/${ruleId}.md`;
}

/** The references by the names under which people look for them: `PSS restricted, CIS 5.2.6, NSA/CISA`. */
export function referenceNames(references: RuleReferences): readonly string[] {
  return [
    ...(references.pss ?? []).map(({ level }) => `Pod Security Standards, ${level}`),
    ...(references.cis ?? []).map((item) => `CIS ${item}`),
    ...(references.nsa === true ? ['NSA/CISA hardening guidance'] : []),
  ];
}
