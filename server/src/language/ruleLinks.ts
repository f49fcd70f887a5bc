import type { RuleReferences } from '../rules/index.ts';

/** The rule's page on the web. */
export function ruleUrl(ruleId: string): string {
  return `https://github.com/kubeharden/kubeharden/blob/main/docs/rules/${ruleId}.md`;
}

/** The references by the names under which people look for them: `PSS restricted, CIS 5.2.6, NSA/CISA`. */
export function referenceNames(references: RuleReferences): readonly string[] {
  return [
    ...(references.pss ?? []).map(({ level }) => `Pod Security Standards, ${level}`),
    ...(references.cis ?? []).map((item) => `CIS ${item}`),
    ...(references.nsa === true ? ['NSA/CISA hardening guidance'] : []),
  ];
}
