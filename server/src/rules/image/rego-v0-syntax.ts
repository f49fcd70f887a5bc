import { newSyntax, oldHeads, type RegoSource, regoKinds, regoSourcesOf } from '../../kubernetes/index.ts';
import { defineRule, type Fix } from '../rule.ts';

export const rule = defineRule({
  id: 'image/rego-v0-syntax',
  summary: 'Rego is written in the syntax that OPA 1.0 left behind',
  severity: 'info',
  profile: 'all',
  guide: 5,
  why:
    'Since version 1.0 OPA reads `deny contains msg if { ... }` and refuses a file with `deny[msg] { ... }`, so that after an upgrade a policy ' +
    'is missing. Gatekeeper still reads the older syntax unless a template says `version: v1`, and is not spoken of then.',
  whenNot: 'OPA that stays older than 1.0, or is started with `--v0-compatible`.',
  references: {
    urls: [
      'https://www.openpolicyagent.org/docs/v0-upgrade',
      'https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates',
    ],
  },
  fixClass: 'review',
  messages: {
    opa: 'Rule {rule} is written in the syntax of Rego before OPA 1.0, which newer releases refuse to load.',
    gatekeeper:
      'Rule {rule} is written in the older syntax of Rego, but the template says version v1, so Gatekeeper refuses it.',
  },
  subject: 'resource',
  kinds: regoKinds,
  judge(resource, report) {
    for (const source of regoSourcesOf(resource)) {
      const { module, node } = source;
      const [head] = oldHeads(module);
      const message = head === undefined ? undefined : readerOf(source);
      if (head === undefined || message === undefined) continue;
      const end = head.key?.isBracketed === true ? head.key.to : head.nameEnd - 1;
      report({
        at: node.span(module.tokens[head.from]?.from ?? 0, module.tokens[end]?.to ?? 0),
        message,
        args: { rule: head.name },
        ...(message === 'gatekeeper' ? { severity: 'error' } : {}),
        fixes: () => rewriteHeads(source),
      });
    }
  },
});

/** Who refuses it, if anybody does: a template for Gatekeeper may be meant for OPA, as its package tells. */
function readerOf({ engine, version, module }: RegoSource): 'opa' | 'gatekeeper' | undefined {
  if (engine === 'gatekeeper' && version === 'v1') return 'gatekeeper';
  return engine === 'opa' || module.package === 'kubernetes.admission' ? 'opa' : undefined;
}

function rewriteHeads(source: RegoSource): readonly Fix[] {
  const edits = newSyntax(source);
  if (edits === undefined) return [];
  return [
    {
      fixClass: 'review',
      title: 'Write the rules with contains and if (a file that OPA 1.0 did not load starts to decide)',
      operations: edits.map((edit) => ({ op: 'replaceText', node: source.node, ...edit })),
      isPreferred: true,
    },
  ];
}
